package dev.cloudtask.localcloud.cloudformation.specification;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One resource type as AWS describes it.
 *
 * @param attributes what {@code Fn::GetAtt} may ask for, by name (dotted names flat)
 * @param primaryIdentifier the properties or attributes that identify a resource
 * @param tagProperty the property that takes tags, if the type has one
 */
public record TypeSpecification(
    String typeName,
    Structure properties,
    Map<String, Structure> definitions,
    Map<String, String> attributes,
    List<String> primaryIdentifier,
    Optional<String> tagProperty) {

  /** A map with known members. */
  public record Structure(Map<String, Shape> members, List<String> required) {}

  /** What a change of a property does to the resource. */
  public enum Replacement {
    /** It is changed in place. */
    NEVER,
    /** The provider decides. */
    CONDITIONAL,
    /** A new resource takes its place. */
    ALWAYS
  }

  /**
   * The type of a value and its limits.
   *
   * @param kind {@code string integer number boolean json object array map tag union}
   * @param definition the structure's name, of an object
   * @param items the type of a list's or map's values
   * @param anyOf the alternatives of a union
   * @param byService the limits that the service checks and CloudFormation does not
   */
  public record Shape(
      String kind,
      Optional<String> definition,
      Optional<Shape> items,
      List<Shape> anyOf,
      Replacement replacement,
      List<String> enumeration,
      Optional<String> pattern,
      Map<String, Long> limits,
      boolean uniqueItems,
      Set<String> byService) {}

  /** Returns the structure of a name. */
  public Structure definition(String name) {
    return Objects.requireNonNull(definitions.get(name), name);
  }

  /** Tells whether a resource of this type has an attribute, at any depth of a structure. */
  public boolean hasAttribute(String name) {
    if (attributes.containsKey(name)) {
      return true;
    }
    int dot = name.indexOf('.');
    return dot > 0 && "object".equals(attributes.get(name.substring(0, dot)));
  }

  /**
   * Returns the property with which a template names a resource itself ({@code BucketName}): such a
   * resource cannot be replaced while it keeps its name.
   */
  public Optional<String> nameProperty() {
    return properties.members().entrySet().stream()
        .filter(member -> member.getValue().replacement() == Replacement.ALWAYS)
        .map(Map.Entry::getKey)
        .filter(name -> name.endsWith("Name"))
        .filter(
            name ->
                primaryIdentifier.equals(List.of(name))
                    || typeName.endsWith("::" + name.substring(0, name.length() - 4)))
        .findFirst();
  }

  /** Reads a specification from its JSON. */
  public static TypeSpecification of(JsonObject json) {
    Map<String, Structure> definitions = new LinkedHashMap<>();
    if (json.has("definitions")) {
      json.getAsJsonObject("definitions")
          .asMap()
          .forEach((name, each) -> definitions.put(name, structure(each.getAsJsonObject())));
    }
    Map<String, String> attributes = new LinkedHashMap<>();
    if (json.has("attributes")) {
      json.getAsJsonObject("attributes")
          .asMap()
          .forEach((name, type) -> attributes.put(name, type.getAsString()));
    }
    return new TypeSpecification(
        json.get("typeName").getAsString(),
        structure(json),
        definitions,
        attributes,
        texts(json, "primaryIdentifier"),
        json.has("tags")
            ? Optional.of(json.getAsJsonObject("tags").get("tagPropertyName").getAsString())
            : Optional.empty());
  }

  private static Structure structure(JsonObject json) {
    Map<String, Shape> members = new LinkedHashMap<>();
    json.getAsJsonObject("properties")
        .asMap()
        .forEach((name, each) -> members.put(name, shape(each.getAsJsonObject())));
    return new Structure(members, texts(json, "required"));
  }

  private static Shape shape(JsonObject json) {
    List<Shape> anyOf = new ArrayList<>();
    if (json.has("anyOf")) {
      json.getAsJsonArray("anyOf").forEach(each -> anyOf.add(shape(each.getAsJsonObject())));
    }
    Map<String, Long> limits = new LinkedHashMap<>();
    for (String limit :
        List.of("minLength", "maxLength", "minimum", "maximum", "minItems", "maxItems")) {
      if (json.has(limit)) {
        limits.put(limit, json.get(limit).getAsLong());
      }
    }
    return new Shape(
        json.get("type").getAsString(),
        text(json, "ref"),
        json.has("items") ? Optional.of(shape(json.getAsJsonObject("items"))) : Optional.empty(),
        List.copyOf(anyOf),
        replacement(text(json, "replace").orElse("no")),
        texts(json, "enum"),
        text(json, "pattern"),
        limits,
        json.has("uniqueItems"),
        new LinkedHashSet<>(texts(json, "byService")));
  }

  private static Replacement replacement(String word) {
    return switch (word) {
      case "yes" -> Replacement.ALWAYS;
      case "maybe" -> Replacement.CONDITIONAL;
      default -> Replacement.NEVER;
    };
  }

  private static Optional<String> text(JsonObject json, String name) {
    return json.has(name) ? Optional.of(json.get(name).getAsString()) : Optional.empty();
  }

  private static List<String> texts(JsonObject json, String name) {
    if (!json.has(name)) {
      return List.of();
    }
    JsonArray array = json.getAsJsonArray(name);
    return array.asList().stream().map(JsonElement::getAsString).toList();
  }
}
