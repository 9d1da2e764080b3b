package dev.cloudtask.labs.mutants;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.cloudformation.specification.ResourceTypes;
import dev.cloudtask.localcloud.cloudformation.specification.TypeSpecification;
import dev.cloudtask.localcloud.cloudformation.specification.TypeSpecification.Shape;
import dev.cloudtask.localcloud.cloudformation.specification.TypeSpecification.Structure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Derives all mutants of a template. */
final class Mutants {
  private static final Map<String, Integer> LABS =
      Map.of(
          "S3",
          1,
          "CloudFront",
          2,
          "Cognito",
          3,
          "Lambda",
          4,
          "IAM",
          4,
          "Logs",
          4,
          "ApiGateway",
          5,
          "DynamoDB",
          6);

  private final ResourceTypes types = new ResourceTypes(List.of());
  private final JsonObject template;
  private final Flips flips;
  private final List<Mutant> found = new ArrayList<>();

  private Mutants(JsonObject template) {
    this.template = template;
    this.flips = new Flips(template);
  }

  static List<Mutant> of(JsonObject template) {
    Mutants mutants = new Mutants(template);
    mutants.all();
    return mutants.found;
  }

  private void all() {
    template
        .asMap()
        .forEach(
            (section, content) -> {
              drop(List.of(section), content, 1);
              if (section.equals("Resources")) {
                content.getAsJsonObject().asMap().forEach(this::resource);
              } else if (section.equals("Outputs")) {
                content.getAsJsonObject().asMap().forEach(this::output);
              }
            });
  }

  private void resource(String id, JsonElement resource) {
    String type = resource.getAsJsonObject().get("Type").getAsString();
    TypeSpecification specification =
        types.find(type).orElseThrow(() -> new AssertionError("nothing is known of " + type));
    int lab = lab(id);
    List<String> path = List.of("Resources", id);
    drop(path, resource, lab);
    resource
        .getAsJsonObject()
        .asMap()
        .forEach(
            (attribute, value) -> {
              List<String> place = and(path, attribute);
              drop(place, value, lab);
              if (attribute.equals("Properties")) {
                members(
                    place, value.getAsJsonObject(), specification, properties(specification), lab);
              } else if (value instanceof JsonArray list) {
                for (int i = 0; i < list.size(); i++) {
                  drop(and(place, String.valueOf(i)), list.get(i), lab);
                }
              }
            });
  }

  private void output(String name, JsonElement output) {
    List<String> path = List.of("Outputs", name);
    int lab = lab(output);
    drop(path, output, lab);
    output
        .getAsJsonObject()
        .asMap()
        .forEach(
            (member, value) -> {
              drop(and(path, member), value, lab);
              flip(and(path, member), member, value, Optional.empty(), lab);
            });
  }

  private static Optional<Structure> properties(TypeSpecification specification) {
    return Optional.of(specification.properties());
  }

  private void members(
      List<String> path,
      JsonObject object,
      TypeSpecification type,
      Optional<Structure> structure,
      int lab) {
    object
        .asMap()
        .forEach(
            (name, value) -> {
              Optional<Shape> shape =
                  structure.flatMap(known -> Optional.ofNullable(known.members().get(name)));
              drop(and(path, name), value, lab);
              value(and(path, name), name, value, type, shape, lab);
            });
  }

  private void value(
      List<String> path,
      String name,
      JsonElement value,
      TypeSpecification type,
      Optional<Shape> shape,
      int lab) {
    flip(path, name, value, shape, lab);
    if (value instanceof JsonArray list) {
      Optional<Shape> items = alternatives(shape).flatMap(s -> s.items().stream()).findFirst();
      for (int i = 0; i < list.size(); i++) {
        List<String> place = and(path, String.valueOf(i));
        drop(place, list.get(i), lab);
        value(place, name, list.get(i), type, items, lab);
      }
    } else if (value instanceof JsonObject object && !Flips.isFunction(value)) {
      Optional<Structure> structure =
          alternatives(shape)
              .flatMap(s -> s.definition().stream())
              .map(type::definition)
              .findFirst();
      members(path, object, type, structure, lab);
    }
  }

  private static Stream<Shape> alternatives(Optional<Shape> shape) {
    return shape.stream().flatMap(s -> Stream.concat(Stream.of(s), s.anyOf().stream()));
  }

  private void drop(List<String> path, JsonElement value, int lab) {
    String what = value.isJsonPrimitive() ? value.getAsString() + " is dropped" : "is dropped";
    found.add(new Mutant(path, null, lab, place(path) + ": " + what));
  }

  private void flip(
      List<String> path, String name, JsonElement value, Optional<Shape> shape, int lab) {
    for (JsonElement other : flips.of(name, value, shape)) {
      String change = words(value) + " becomes " + words(other);
      found.add(new Mutant(path, other, lab, place(path) + ": " + change));
    }
  }

  private static String words(JsonElement value) {
    if (value instanceof JsonObject object && object.size() == 1) {
      Map.Entry<String, JsonElement> call = object.entrySet().iterator().next();
      JsonElement argument = call.getValue();
      return "!"
          + call.getKey().replace("Fn::", "")
          + " "
          + (argument instanceof JsonArray list
              ? String.join(".", list.asList().stream().map(JsonElement::getAsString).toList())
              : argument.getAsString());
    }
    return value.getAsString();
  }

  /** The lab that a resource is made in. */
  private int lab(String id) {
    JsonObject resource = template.getAsJsonObject("Resources").getAsJsonObject(id);
    String service = resource.get("Type").getAsString().split("::")[1];
    return Optional.ofNullable(LABS.get(service))
        .orElseThrow(() -> new AssertionError("which lab has resources of " + service + "?"));
  }

  /** The lab that an output tells of: the one of the resource that it names last. */
  private int lab(JsonElement output) {
    String text = output.toString();
    return template.getAsJsonObject("Resources").keySet().stream()
        .filter(id -> text.matches("(?s).*[\"{]" + id + "[\".}].*"))
        .map(this::lab)
        .max(Integer::compare)
        .orElse(1);
  }

  private static String place(List<String> path) {
    StringBuilder place = new StringBuilder();
    List<String> shown = path.get(0).equals("Resources") ? path.subList(1, path.size()) : path;
    for (int i = 0; i < shown.size(); i++) {
      String step = shown.get(i);
      boolean obvious = i == 1 && step.equals("Properties") && shown.size() > 2;
      if (step.matches("\\d+")) {
        place.append('[').append(step).append(']');
      } else if (!obvious) {
        place.append(i == 0 ? "" : " > ").append(step);
      }
    }
    return place.isEmpty() ? path.get(0) : place.toString();
  }

  private static List<String> and(List<String> path, String step) {
    return Stream.concat(path.stream(), Stream.of(step)).toList();
  }
}
