package dev.cloudtask.localcloud.cloudformation.declaration;

import dev.cloudtask.localcloud.cloudformation.template.TemplateNode;
import dev.cloudtask.localcloud.cloudformation.template.TemplateNode.Mapping;
import dev.cloudtask.localcloud.cloudformation.template.TemplateNode.Member;
import dev.cloudtask.localcloud.cloudformation.template.TemplateNode.Scalar;
import dev.cloudtask.localcloud.cloudformation.template.TemplateNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Reads one member of the section Parameters.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html">
 *     Parameters</a>
 */
final class ParameterReader {
  private static final Set<String> ATTRIBUTES =
      Set.of(
          "Type",
          "Default",
          "AllowedValues",
          "AllowedPattern",
          "MinLength",
          "MaxLength",
          "MinValue",
          "MaxValue",
          "NoEcho",
          "Description",
          "ConstraintDescription");
  private static final Set<String> TYPES =
      Set.of("String", "Number", "List<Number>", "List<String>", "CommaDelimitedList");
  private static final Pattern AWS_TYPE =
      Pattern.compile("(List<)?AWS::(EC2|Route53)::[A-Za-z]+::[A-Za-z]+>?");

  private ParameterReader() {}

  static Template.Parameter read(Member member, String path) {
    if (!(member.value() instanceof Mapping parameter)) {
      throw TemplateErrors.format("Every Parameters member must be an object", member.position());
    }
    for (Member attribute : parameter.members()) {
      if (!ATTRIBUTES.contains(attribute.name())) {
        throw TemplateErrors.at(
            "Invalid template parameter property '" + attribute.name() + "'", attribute.position());
      }
    }
    String type =
        text(parameter, "Type", path)
            .orElseThrow(
                () ->
                    TemplateErrors.format(
                        "Every Parameters object must contain a Type member.", member.position()));
    checkType(type, parameter.member("Type").orElse(member));
    Optional<String> pattern = text(parameter, "AllowedPattern", path);
    pattern.ifPresent(regex -> checkPattern(regex, parameter, member));
    return new Template.Parameter(
        member.name(),
        type,
        text(parameter, "Default", path),
        allowedValues(parameter, member),
        pattern,
        number(parameter, "MinLength", path),
        number(parameter, "MaxLength", path),
        text(parameter, "MinValue", path),
        text(parameter, "MaxValue", path),
        noEcho(parameter, path),
        text(parameter, "Description", path),
        text(parameter, "ConstraintDescription", path),
        member.position());
  }

  private static void checkType(String type, Member at) {
    if (type.startsWith("AWS::SSM::")) {
      throw TemplateErrors.notEmulated(
          "parameters kept in Systems Manager (Type: " + type + ")", at.position());
    }
    if (!TYPES.contains(type) && !AWS_TYPE.matcher(type).matches()) {
      throw TemplateErrors.format("Unrecognized parameter type: " + type, at.position());
    }
    if (!TYPES.contains(type)) {
      throw TemplateErrors.notEmulated(
          "parameters that name resources of EC2 and Route 53 (Type: " + type + ")", at.position());
    }
  }

  private static void checkPattern(String regex, Mapping parameter, Member member) {
    try {
      Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw TemplateErrors.format(
          "AllowedPattern of parameter " + member.name() + " is not a valid regular expression",
          parameter.member("AllowedPattern").orElse(member).position());
    }
  }

  private static Optional<String> text(Mapping parameter, String name, String path) {
    return parameter
        .member(name)
        .map(
            member -> {
              if (member.value() instanceof Scalar scalar
                  && scalar.type() != TemplateNode.ScalarType.NULL) {
                return scalar.type() == TemplateNode.ScalarType.BOOLEAN
                    ? scalar.written()
                    : scalar.text();
              }
              throw TemplateErrors.format(
                  "[" + path + "/" + name + "] Every " + name + " member must be a string.",
                  member.position());
            });
  }

  private static OptionalInt number(Mapping parameter, String name, String path) {
    Optional<String> text = text(parameter, name, path);
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    if (text.get().matches("[0-9]{1,9}")) {
      return OptionalInt.of(Integer.parseInt(text.get()));
    }
    throw TemplateErrors.format(
        "[" + path + "/" + name + "] must be a non-negative integer",
        parameter.member(name).orElseThrow().position());
  }

  private static boolean noEcho(Mapping parameter, String path) {
    return text(parameter, "NoEcho", path)
        .map(
            value ->
                switch (value) {
                  case "true" -> true;
                  case "false" -> false;
                  default ->
                      throw TemplateErrors.format(
                          "[" + path + "/NoEcho] must be a boolean",
                          parameter.member("NoEcho").orElseThrow().position());
                })
        .orElse(false);
  }

  private static List<String> allowedValues(Mapping parameter, Member owner) {
    Optional<Member> member = parameter.member("AllowedValues");
    if (member.isEmpty()) {
      return List.of();
    }
    List<String> values = new ArrayList<>();
    if (member.get().value() instanceof Sequence sequence) {
      for (TemplateNode item : sequence.items()) {
        if (item instanceof Scalar scalar && scalar.type() != TemplateNode.ScalarType.NULL) {
          values.add(
              scalar.type() == TemplateNode.ScalarType.BOOLEAN ? scalar.written() : scalar.text());
        } else {
          throw notAList(owner, member.get());
        }
      }
      return List.copyOf(values);
    }
    throw notAList(owner, member.get());
  }

  private static dev.cloudtask.localcloud.cloudformation.template.TemplateException notAList(
      Member owner, Member at) {
    return TemplateErrors.format(
        "[/Parameters/" + owner.name() + "/AllowedValues] must be a list of strings",
        at.position());
  }
}
