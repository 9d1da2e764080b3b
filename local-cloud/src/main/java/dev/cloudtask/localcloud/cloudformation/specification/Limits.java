package dev.cloudtask.localcloud.cloudformation.specification;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.cloudtask.localcloud.cloudformation.intrinsic.Unknown;
import dev.cloudtask.localcloud.cloudformation.specification.TypeSpecification.Replacement;
import dev.cloudtask.localcloud.cloudformation.specification.TypeSpecification.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Checks a value's enumeration, pattern, length and range.
 *
 * <p>What CloudFormation checks is worded as its schema check words it; what only the service
 * checks is worded as AWS's services do for a request that breaks their model.
 */
final class Limits {
  /** Text without limits. */
  static final Shape TEXT =
      new Shape(
          "string",
          Optional.empty(),
          Optional.empty(),
          List.of(),
          Replacement.NEVER,
          List.of(),
          Optional.empty(),
          Map.of(),
          false,
          Set.of());

  private Limits() {}

  static Optional<Violation> check(Shape shape, JsonElement value, List<String> path) {
    if (Unknown.within(value)) {
      return Optional.empty();
    }
    if (value.isJsonPrimitive()) {
      return primitive(shape, value.getAsJsonPrimitive(), path);
    }
    return value.isJsonArray()
        ? array(shape, value.getAsJsonArray().asList(), path)
        : Optional.empty();
  }

  private static Optional<Violation> primitive(
      Shape shape, JsonPrimitive value, List<String> path) {
    String text = value.getAsString();
    if (!shape.enumeration().isEmpty() && !shape.enumeration().contains(text)) {
      return Optional.of(
          violation(
              shape,
              "enum",
              path,
              text,
              "failed validation constraint for keyword [enum]",
              "Member must satisfy enum value set: ["
                  + String.join(", ", shape.enumeration())
                  + "]",
              "Allowed are: " + String.join(", ", shape.enumeration()) + "."));
    }
    if (value.isString() && shape.pattern().isPresent() && !matches(shape.pattern().get(), text)) {
      return Optional.of(
          violation(
              shape,
              "pattern",
              path,
              text,
              "failed validation constraint for keyword [pattern]",
              "Member must satisfy regular expression pattern: " + shape.pattern().get(),
              "It must match " + shape.pattern().get() + "."));
    }
    if (value.isString()) {
      return length(shape, text, path);
    }
    return value.isNumber() ? range(shape, value, path) : Optional.empty();
  }

  private static Optional<Violation> length(Shape shape, String text, List<String> path) {
    int length = text.codePointCount(0, text.length());
    Long least = shape.limits().get("minLength");
    if (least != null && length < least) {
      return Optional.of(
          violation(
              shape,
              "minLength",
              path,
              text,
              "expected minLength: " + least + ", actual: " + length,
              "Member must have length greater than or equal to " + least,
              ""));
    }
    Long most = shape.limits().get("maxLength");
    if (most != null && length > most) {
      return Optional.of(
          violation(
              shape,
              "maxLength",
              path,
              text,
              "expected maxLength: " + most + ", actual: " + length,
              "Member must have length less than or equal to " + most,
              ""));
    }
    return Optional.empty();
  }

  private static Optional<Violation> range(Shape shape, JsonPrimitive value, List<String> path) {
    Long least = shape.limits().get("minimum");
    if (least != null && value.getAsDouble() < least) {
      return Optional.of(
          violation(
              shape,
              "minimum",
              path,
              value.getAsString(),
              value.getAsString() + " is not greater or equal to " + least,
              "Member must have value greater than or equal to " + least,
              ""));
    }
    Long most = shape.limits().get("maximum");
    if (most != null && value.getAsDouble() > most) {
      return Optional.of(
          violation(
              shape,
              "maximum",
              path,
              value.getAsString(),
              value.getAsString() + " is not less or equal to " + most,
              "Member must have value less than or equal to " + most,
              ""));
    }
    return Optional.empty();
  }

  private static Optional<Violation> array(
      Shape shape, List<JsonElement> items, List<String> path) {
    Long least = shape.limits().get("minItems");
    if (least != null && items.size() < least) {
      return Optional.of(
          violation(
              shape,
              "minItems",
              path,
              items.toString(),
              "expected minimum item count: " + least + ", found: " + items.size(),
              "Member must have length greater than or equal to " + least,
              ""));
    }
    Long most = shape.limits().get("maxItems");
    if (most != null && items.size() > most) {
      return Optional.of(
          violation(
              shape,
              "maxItems",
              path,
              items.toString(),
              "expected maximum item count: " + most + ", found: " + items.size(),
              "Member must have length less than or equal to " + most,
              ""));
    }
    if (shape.uniqueItems() && new HashSet<>(items).size() < items.size()) {
      return Optional.of(new Violation(path, "array items are not unique", "", false, ""));
    }
    return Optional.empty();
  }

  /**
   * Some patterns are written for another dialect of regular expressions; those are not checked.
   */
  private static boolean matches(String pattern, String text) {
    try {
      return Pattern.compile(pattern).matcher(text).find();
    } catch (PatternSyntaxException e) {
      return true;
    }
  }

  private static Violation violation(
      Shape shape,
      String limit,
      List<String> path,
      String value,
      String registry,
      String service,
      String advice) {
    if (!shape.byService().contains(limit)) {
      return new Violation(path, registry, "", false, advice);
    }
    return new Violation(
        path,
        "1 validation error detected: Value '"
            + value
            + "' at '"
            + member(path)
            + "' failed to satisfy constraint: "
            + service,
        "",
        true,
        advice);
  }

  /** Writes a path as services do: {@code keySchema.1.member.keyType}. */
  private static String member(List<String> path) {
    List<String> steps = new ArrayList<>();
    for (String step : path) {
      if (step.matches("[0-9]+")) {
        steps.add(Integer.parseInt(step) + 1 + ".member");
      } else {
        steps.add(step.substring(0, 1).toLowerCase(Locale.ROOT) + step.substring(1));
      }
    }
    return String.join(".", steps);
  }
}
