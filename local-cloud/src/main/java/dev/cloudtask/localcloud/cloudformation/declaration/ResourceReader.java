package dev.cloudtask.localcloud.cloudformation.declaration;

import dev.cloudtask.localcloud.cloudformation.intrinsic.Expression;
import dev.cloudtask.localcloud.cloudformation.intrinsic.ExpressionReader;
import dev.cloudtask.localcloud.cloudformation.template.Position;
import dev.cloudtask.localcloud.cloudformation.template.TemplateNode;
import dev.cloudtask.localcloud.cloudformation.template.TemplateNode.Mapping;
import dev.cloudtask.localcloud.cloudformation.template.TemplateNode.Member;
import dev.cloudtask.localcloud.cloudformation.template.TemplateNode.Scalar;
import dev.cloudtask.localcloud.cloudformation.template.TemplateNode.Sequence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one member of the section Resources. */
final class ResourceReader {
  private static final Set<String> ATTRIBUTES =
      Set.of(
          "Type",
          "Properties",
          "DependsOn",
          "Condition",
          "Metadata",
          "DeletionPolicy",
          "UpdateReplacePolicy");
  private static final Set<String> NOT_EMULATED =
      Set.of("CreationPolicy", "UpdatePolicy", "Version");
  private static final Set<String> POLICIES = Set.of("Delete", "Retain", "Snapshot");

  private ResourceReader() {}

  static Template.Resource read(Member member, String path) {
    String name = member.name();
    if (!(member.value() instanceof Mapping resource)) {
      throw TemplateErrors.format("Any Resources member must be an object.", member.position());
    }
    Scalar type = type(resource, path, member);
    for (Member attribute : resource.members()) {
      checkAttribute(attribute);
    }
    return new Template.Resource(
        name,
        type.text(),
        type.position(),
        resource.member("Condition").map(ResourceReader::condition),
        resource.member("DependsOn").map(each -> dependsOn(each, name)).orElse(Map.of()),
        properties(resource, path, member),
        policy(resource, "DeletionPolicy", member, type.text()),
        policy(resource, "UpdateReplacePolicy", member, type.text()),
        resource.get("Metadata"),
        member.position());
  }

  private static Scalar type(Mapping resource, String path, Member member) {
    Optional<Member> type = resource.member("Type");
    if (type.isEmpty()) {
      throw TemplateErrors.format(
          "[" + path + "] Every Resources object must contain a Type member.", member.position());
    }
    if (type.get().value() instanceof Scalar scalar
        && scalar.type() == TemplateNode.ScalarType.STRING) {
      return scalar;
    }
    throw TemplateErrors.format("[" + path + "/Type] must be a string.", type.get().position());
  }

  private static void checkAttribute(Member attribute) {
    if (NOT_EMULATED.contains(attribute.name())) {
      throw TemplateErrors.notEmulated(
          "the resource attribute " + attribute.name(), attribute.position());
    }
    if (!ATTRIBUTES.contains(attribute.name())) {
      throw TemplateErrors.advised(
          "Invalid template resource property '" + attribute.name() + "'",
          attribute.position(),
          "Properties of the resource stand below Properties:, one level deeper.");
    }
  }

  private static String condition(Member member) {
    if (member.value() instanceof Scalar scalar
        && scalar.type() == TemplateNode.ScalarType.STRING) {
      return scalar.text();
    }
    throw TemplateErrors.format("Every Condition member must be a string.", member.position());
  }

  private static Map<String, Position> dependsOn(Member member, String name) {
    List<TemplateNode> items =
        member.value() instanceof Sequence list ? list.items() : List.of(member.value());
    Map<String, Position> positions = new LinkedHashMap<>();
    for (TemplateNode item : items) {
      if (!(item instanceof Scalar scalar) || scalar.type() != TemplateNode.ScalarType.STRING) {
        throw TemplateErrors.format(
            "DependsOn for resource " + name + " must be a string or list of strings",
            member.position());
      }
      positions.putIfAbsent(scalar.text(), scalar.position());
    }
    return positions;
  }

  private static Expression.MapOf properties(Mapping resource, String path, Member member) {
    Optional<Member> properties = resource.member("Properties");
    if (properties.isEmpty()) {
      return new Expression.MapOf(List.of(), member.position());
    }
    Expression read = ExpressionReader.read(properties.get().value(), path + "/Properties");
    if (read instanceof Expression.MapOf map) {
      return map;
    }
    throw TemplateErrors.format(
        "[" + path + "/Properties] must be an object.", properties.get().position());
  }

  private static Optional<String> policy(
      Mapping resource, String attribute, Member owner, String type) {
    Optional<Member> member = resource.member(attribute);
    if (member.isEmpty()) {
      return Optional.empty();
    }
    String value =
        member.get().value() instanceof Scalar scalar ? scalar.text() : member.get().value().kind();
    boolean known =
        POLICIES.contains(value)
            || (value.equals("RetainExceptOnCreate") && attribute.equals("DeletionPolicy"));
    if (!known) {
      throw TemplateErrors.format(
          "Unrecognized " + attribute + " " + value + " for resource " + owner.name(),
          member.get().position());
    }
    if (value.equals("Snapshot")) {
      throw TemplateErrors.at(
          "Template error: resource type " + type + " does not support deletion policy Snapshot",
          member.get().position());
    }
    return Optional.of(value);
  }
}
