package dev.cloudtask.localcloud.cloudformation.declaration;

import com.google.gson.JsonElement;
import dev.cloudtask.localcloud.cloudformation.intrinsic.Expression;
import dev.cloudtask.localcloud.cloudformation.template.Position;
import dev.cloudtask.localcloud.cloudformation.template.TemplateNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A template that has been read and is well-formed. Maps keep the order of the file.
 *
 * @param body the text as it was sent
 * @param mappings map name, top-level key, second-level key
 */
public record Template(
    String body,
    Optional<String> version,
    Optional<String> description,
    Optional<TemplateNode> metadata,
    Map<String, Parameter> parameters,
    Map<String, Map<String, Map<String, JsonElement>>> mappings,
    Map<String, Expression> conditions,
    Map<String, Resource> resources,
    Map<String, Output> outputs) {

  /**
   * A declared parameter.
   *
   * @param type as written: {@code String}, {@code List<Number>}, {@code AWS::EC2::VPC::Id}
   * @param constraintDescription what is said instead when a value is refused
   */
  public record Parameter(
      String name,
      String type,
      Optional<String> defaultValue,
      List<String> allowedValues,
      Optional<String> allowedPattern,
      OptionalInt minLength,
      OptionalInt maxLength,
      Optional<String> minValue,
      Optional<String> maxValue,
      boolean noEcho,
      Optional<String> description,
      Optional<String> constraintDescription,
      Position position) {
    /** Tells whether its value is a list, written with commas. */
    public boolean isList() {
      return type.equals("CommaDelimitedList") || type.startsWith("List<");
    }

    /** Tells whether its value, or each of its values, is a number. */
    public boolean isNumber() {
      return type.equals("Number") || type.equals("List<Number>");
    }
  }

  /**
   * A declared resource.
   *
   * @param typePosition of its type
   * @param dependsOn the names and where they stand
   * @param deletionPolicy {@code Delete}, {@code Retain}, {@code RetainExceptOnCreate}; as written
   * @param position of its logical id
   */
  public record Resource(
      String logicalId,
      String type,
      Position typePosition,
      Optional<String> condition,
      Map<String, Position> dependsOn,
      Expression.MapOf properties,
      Optional<String> deletionPolicy,
      Optional<String> updateReplacePolicy,
      Optional<TemplateNode> metadata,
      Position position) {}

  /** A declared output. */
  public record Output(
      String name,
      Expression value,
      Optional<String> description,
      Optional<Expression> exportName,
      Optional<String> condition,
      Position position) {}

  /** Returns a declared parameter; it must be there. */
  public Parameter parameter(String name) {
    return Objects.requireNonNull(parameters.get(name), name);
  }

  /** Returns a declared condition; it must be there. */
  public Expression condition(String name) {
    return Objects.requireNonNull(conditions.get(name), name);
  }

  /** Returns a declared resource; it must be there. */
  public Resource resource(String logicalId) {
    return Objects.requireNonNull(resources.get(logicalId), logicalId);
  }
}
