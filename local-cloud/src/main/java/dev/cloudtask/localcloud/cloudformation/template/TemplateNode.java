package dev.cloudtask.localcloud.cloudformation.template;

import java.util.List;
import java.util.Optional;

/** One node of a template's text. Short forms ({@code !Ref x}) are already long ones here. */
public sealed interface TemplateNode {
  /** Returns where it begins. */
  Position position();

  /**
   * Returns what it is, in the words of error messages: {@code String}, {@code List}, {@code Map}.
   */
  String kind();

  /** What a scalar is before anybody asks it to be something else. */
  enum ScalarType {
    /** Text. */
    STRING,
    /** A whole number. */
    INTEGER,
    /** A number with a fraction or exponent. */
    NUMBER,
    /** {@code true} or {@code false}; in YAML 1.1 also yes, no, on and off. */
    BOOLEAN,
    /** Nothing; CloudFormation allows it nowhere. */
    NULL
  }

  /**
   * A single value.
   *
   * @param text the value: of a number its plain decimal form, of a boolean {@code true} or {@code
   *     false}
   * @param written the value as it stands in the file: a date or a long account number is not lost
   */
  record Scalar(ScalarType type, String text, String written, Position position)
      implements TemplateNode {
    @Override
    public String kind() {
      return switch (type) {
        case STRING -> "String";
        case INTEGER, NUMBER -> "Number";
        case BOOLEAN -> "Boolean";
        case NULL -> "Null";
      };
    }
  }

  /** A list. */
  record Sequence(List<TemplateNode> items, Position position) implements TemplateNode {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String kind() {
      return "List";
    }
  }

  /**
   * A map, in the order of the file.
   *
   * @param position of its first member
   */
  record Mapping(List<Member> members, Position position) implements TemplateNode {
    public Mapping {
      members = List.copyOf(members);
    }

    @Override
    public String kind() {
      return "Map";
    }

    /** Returns the value of a member. */
    public Optional<TemplateNode> get(String name) {
      return member(name).map(Member::value);
    }

    /** Returns a member. */
    public Optional<Member> member(String name) {
      return members.stream().filter(member -> member.name().equals(name)).findFirst();
    }
  }

  /** One member of a map; the position is that of its name. */
  record Member(String name, Position position, TemplateNode value) {}
}
