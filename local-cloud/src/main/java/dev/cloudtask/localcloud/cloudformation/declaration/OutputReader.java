package dev.cloudtask.localcloud.cloudformation.declaration;

import dev.cloudtask.localcloud.cloudformation.intrinsic.Expression;
import dev.cloudtask.localcloud.cloudformation.intrinsic.ExpressionReader;
import dev.cloudtask.localcloud.cloudformation.template.TemplateNode;
import dev.cloudtask.localcloud.cloudformation.template.TemplateNode.Mapping;
import dev.cloudtask.localcloud.cloudformation.template.TemplateNode.Member;
import dev.cloudtask.localcloud.cloudformation.template.TemplateNode.Scalar;
import java.util.Optional;
import java.util.Set;

/** Reads one member of the section Outputs. */
final class OutputReader {
  private static final Set<String> ATTRIBUTES =
      Set.of("Value", "Description", "Export", "Condition");

  private OutputReader() {}

  static Template.Output read(Member member, String path) {
    if (!(member.value() instanceof Mapping output)) {
      throw TemplateErrors.format("Every Outputs member must be an object", member.position());
    }
    for (Member attribute : output.members()) {
      if (!ATTRIBUTES.contains(attribute.name())) {
        throw TemplateErrors.at(
            "Invalid template output property '" + attribute.name() + "'", attribute.position());
      }
    }
    Member value =
        output
            .member("Value")
            .orElseThrow(
                () ->
                    TemplateErrors.format(
                        "Every Outputs member must contain a Value object", member.position()));
    Expression expression = ExpressionReader.read(value.value(), path + "/Value");
    if (expression instanceof Expression.ListOf || expression instanceof Expression.MapOf) {
      throw notText(member.name(), value);
    }
    return new Template.Output(
        member.name(),
        expression,
        output.member("Description").map(OutputReader::text),
        output.member("Export").map(export -> export(export, path)),
        output.member("Condition").map(OutputReader::text),
        member.position());
  }

  static dev.cloudtask.localcloud.cloudformation.template.TemplateException notText(
      String name, Member at) {
    return TemplateErrors.format(
        "The Value field of every Outputs member must evaluate to a String. (Output " + name + ")",
        at.position());
  }

  private static String text(Member member) {
    if (member.value() instanceof Scalar scalar
        && scalar.type() == TemplateNode.ScalarType.STRING) {
      return scalar.text();
    }
    throw TemplateErrors.format(
        "Every " + member.name() + " member must be a string.", member.position());
  }

  private static Expression export(Member export, String path) {
    Optional<Member> name =
        export.value() instanceof Mapping mapping && mapping.members().size() == 1
            ? mapping.member("Name")
            : Optional.empty();
    return name.map(member -> ExpressionReader.read(member.value(), path + "/Export/Name"))
        .orElseThrow(
            () ->
                TemplateErrors.format(
                    "Output "
                        + path.substring("/Outputs/".length())
                        + " is malformed. The Name field of every Export member must be specified.",
                    export.position()));
  }
}
