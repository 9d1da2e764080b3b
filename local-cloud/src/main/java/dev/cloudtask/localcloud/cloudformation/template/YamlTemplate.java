package dev.cloudtask.localcloud.cloudformation.template;

import dev.cloudtask.localcloud.cloudformation.template.TemplateNode.Mapping;
import dev.cloudtask.localcloud.cloudformation.template.TemplateNode.Member;
import dev.cloudtask.localcloud.cloudformation.template.TemplateNode.Scalar;
import dev.cloudtask.localcloud.cloudformation.template.TemplateNode.ScalarType;
import dev.cloudtask.localcloud.cloudformation.template.TemplateNode.Sequence;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads YAML 1.1 as CloudFormation does: no aliases, no merges, no timestamps, one document; short
 * forms of functions become long ones.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html">
 *     CloudFormation template format: YAML</a>
 */
final class YamlTemplate {
  private static final Map<String, String> SHORT_FORMS =
      Map.ofEntries(
          Map.entry("!Ref", "Ref"),
          Map.entry("!Condition", "Condition"),
          Map.entry("!And", "Fn::And"),
          Map.entry("!Base64", "Fn::Base64"),
          Map.entry("!Cidr", "Fn::Cidr"),
          Map.entry("!Equals", "Fn::Equals"),
          Map.entry("!FindInMap", "Fn::FindInMap"),
          Map.entry("!GetAtt", "Fn::GetAtt"),
          Map.entry("!GetAZs", "Fn::GetAZs"),
          Map.entry("!If", "Fn::If"),
          Map.entry("!ImportValue", "Fn::ImportValue"),
          Map.entry("!Join", "Fn::Join"),
          Map.entry("!Length", "Fn::Length"),
          Map.entry("!Not", "Fn::Not"),
          Map.entry("!Or", "Fn::Or"),
          Map.entry("!Select", "Fn::Select"),
          Map.entry("!Split", "Fn::Split"),
          Map.entry("!Sub", "Fn::Sub"),
          Map.entry("!ToJsonString", "Fn::ToJsonString"),
          Map.entry("!Transform", "Fn::Transform"));
  private static final Set<String> TRUE = Set.of("true", "yes", "on");

  private final String text;
  private final String file;

  YamlTemplate(String text, String file) {
    this.text = text;
    this.file = file;
  }

  TemplateNode parse() {
    try {
      refuseAliases();
      Node root = yaml().compose(new StringReader(text));
      if (root == null) {
        throw new TemplateException("Template format error: unsupported structure.");
      }
      return convert(root);
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark() != null ? e.getProblemMark() : e.getContextMark();
      throw TemplateParser.malformed("YAML", position(mark), sentence(e));
    } catch (YAMLException e) {
      throw TemplateParser.malformed("YAML", new Position(file, 1, 1), sentence(e));
    }
  }

  private static Yaml yaml() {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(TemplateParser.MAX_URL_BYTES * 2);
    options.setNestingDepthLimit(200);
    return new Yaml(options);
  }

  private void refuseAliases() {
    int documents = 0;
    for (Event event : yaml().parse(new StringReader(text))) {
      if (event instanceof AliasEvent) {
        throw TemplateParser.malformed(
            "YAML",
            position(event.getStartMark()),
            "CloudFormation does not take YAML aliases; write the value out.");
      }
      if (event instanceof DocumentStartEvent && ++documents > 1) {
        throw TemplateParser.malformed(
            "YAML", position(event.getStartMark()), "A template is one YAML document.");
      }
    }
  }

  private TemplateNode convert(Node node) {
    String tag = node.getTag().getValue();
    String function = SHORT_FORMS.get(tag);
    if (function != null) {
      Position at = position(node.getStartMark());
      TemplateNode argument = plain(node);
      if (function.equals("Fn::GetAtt") && argument instanceof Scalar scalar) {
        argument = split(scalar);
      }
      return new Mapping(List.of(new Member(function, at, argument)), at);
    }
    if (tag.startsWith("!") || isRefused(node.getTag())) {
      throw TemplateParser.malformed(
          "YAML", position(node.getStartMark()), "CloudFormation has no short form " + tag + ".");
    }
    return plain(node);
  }

  /**
   * Tags of YAML 1.1 that the user guide excludes; a timestamp is simply text to CloudFormation.
   */
  private static boolean isRefused(Tag tag) {
    return tag.equals(Tag.BINARY)
        || tag.equals(Tag.OMAP)
        || tag.equals(Tag.PAIRS)
        || tag.equals(Tag.SET);
  }

  /** {@code !GetAtt a.b.c} names the attribute {@code b.c} of {@code a}. */
  private static TemplateNode split(Scalar scalar) {
    int dot = scalar.text().indexOf('.');
    if (dot < 0) {
      return scalar;
    }
    List<TemplateNode> parts = new ArrayList<>();
    for (String part : List.of(scalar.text().substring(0, dot), scalar.text().substring(dot + 1))) {
      parts.add(new Scalar(ScalarType.STRING, part, part, scalar.position()));
    }
    return new Sequence(parts, scalar.position());
  }

  private TemplateNode plain(Node node) {
    Position at = position(node.getStartMark());
    if (node instanceof ScalarNode scalar) {
      return scalar(scalar, at);
    }
    if (node instanceof SequenceNode sequence) {
      List<TemplateNode> items = new ArrayList<>();
      sequence.getValue().forEach(item -> items.add(convert(item)));
      return new Sequence(items, at);
    }
    if (node instanceof MappingNode mapping) {
      return mapping(mapping, at);
    }
    throw TemplateParser.malformed("YAML", at, "Nothing of this kind is expected here.");
  }

  private Mapping mapping(MappingNode mapping, Position at) {
    List<Member> members = new ArrayList<>();
    TemplateParser.Names names = new TemplateParser.Names("YAML");
    for (NodeTuple tuple : mapping.getValue()) {
      Position position = position(tuple.getKeyNode().getStartMark());
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw new TemplateException(
            "Template format error: map keys must be strings; received a map instead", position);
      }
      if (key.getTag().equals(Tag.MERGE)) {
        throw TemplateParser.malformed(
            "YAML", position, "CloudFormation does not take YAML merges (<<); write the keys out.");
      }
      names.add(key.getValue(), position);
      members.add(new Member(key.getValue(), position, convert(tuple.getValueNode())));
    }
    return new Mapping(members, at);
  }

  private static Scalar scalar(ScalarNode node, Position at) {
    String written = node.getValue();
    Tag tag = node.getTag();
    if (tag.equals(Tag.BOOL)) {
      String value = TRUE.contains(written.toLowerCase(Locale.ROOT)) ? "true" : "false";
      return new Scalar(ScalarType.BOOLEAN, value, written, at);
    }
    if (tag.equals(Tag.NULL)) {
      return new Scalar(ScalarType.NULL, "", written, at);
    }
    if (tag.equals(Tag.INT)) {
      return integer(written)
          .map(value -> new Scalar(ScalarType.INTEGER, value.toString(), written, at))
          .orElseGet(() -> new Scalar(ScalarType.STRING, written, written, at));
    }
    if (tag.equals(Tag.FLOAT)) {
      return fraction(written)
          .map(value -> new Scalar(ScalarType.NUMBER, value, written, at))
          .orElseGet(() -> new Scalar(ScalarType.STRING, written, written, at));
    }
    return new Scalar(ScalarType.STRING, written, written, at);
  }

  /** Reads YAML 1.1's whole numbers: decimal, 0b binary, 0x hexadecimal, leading-zero octal. */
  private static Optional<BigInteger> integer(String written) {
    String digits = written.replace("_", "");
    boolean negative = digits.startsWith("-");
    digits = digits.replaceFirst("^[-+]", "");
    int radix = 10;
    if (digits.startsWith("0b")) {
      radix = 2;
      digits = digits.substring(2);
    } else if (digits.startsWith("0x")) {
      radix = 16;
      digits = digits.substring(2);
    } else if (digits.startsWith("0") && digits.length() > 1) {
      radix = 8;
    }
    try {
      BigInteger value = new BigInteger(digits, radix);
      return Optional.of(negative ? value.negate() : value);
    } catch (NumberFormatException e) {
      return Optional.empty(); // base 60 (12:30:45): CloudFormation sees text
    }
  }

  private static Optional<String> fraction(String written) {
    try {
      BigDecimal value = new BigDecimal(written.replace("_", ""));
      String plain = value.stripTrailingZeros().toPlainString();
      return Optional.of(plain.contains(".") ? plain : plain + ".0");
    } catch (NumberFormatException e) {
      return Optional.empty(); // .inf and .nan
    }
  }

  private Position position(@Nullable Mark mark) {
    return mark == null
        ? new Position(file, 1, 1)
        : new Position(file, mark.getLine() + 1, mark.getColumn() + 1);
  }

  private static String sentence(YAMLException e) {
    String problem =
        e instanceof MarkedYAMLException marked && marked.getProblem() != null
            ? marked.getProblem()
            : String.valueOf(e.getMessage());
    if (problem.contains("\\t")) {
      return "YAML is indented by spaces, never by tabs.";
    }
    return problem.substring(0, 1).toUpperCase(Locale.ROOT) + problem.substring(1) + ".";
  }
}
