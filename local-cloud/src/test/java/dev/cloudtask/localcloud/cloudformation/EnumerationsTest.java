package dev.cloudtask.localcloud.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.cloudtask.localcloud.cloudformation.specification.PropertyCheck;
import dev.cloudtask.localcloud.cloudformation.specification.ResourceTypes;
import dev.cloudtask.localcloud.cloudformation.specification.TypeSpecification;
import dev.cloudtask.localcloud.cloudformation.specification.TypeSpecification.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every property that has a list of values refuses every other one, wherever it stands. */
class EnumerationsTest {
  static Stream<String> types() throws IOException {
    Path folder = Path.of("src/main/resources/dev/cloudtask/localcloud/cloudformation/types");
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString().replace(".json", "").replace("-", "::"))
          .sorted()
          .toList()
          .stream();
    }
  }

  /** A property with a list of values, and how to write a value of it into the properties. */
  private record Enumerated(String path, Shape shape, Function<JsonElement, JsonObject> write) {}

  @ParameterizedTest
  @MethodSource("types")
  void check_valueOutsideTheEnumeration_isRefused(String typeName) {
    TypeSpecification type = new ResourceTypes(List.of()).find(typeName).orElseThrow();
    List<Enumerated> found = new ArrayList<>();
    collect(type, type.properties().members(), "", Function.identity(), new HashSet<>(), found);

    for (Enumerated each : found) {
      for (String value : each.shape().enumeration()) {
        assertThat(complaints(type, each, value)).as(each.path() + ": " + value).isEmpty();
      }
      assertThat(complaints(type, each, "no-such-value"))
          .as(each.path())
          .anyMatch(text -> text.contains("[enum]") || text.contains("enum value set"));
    }
  }

  private static List<String> complaints(TypeSpecification type, Enumerated each, String value) {
    JsonElement written =
        each.shape().kind().equals("integer") && value.matches("\\d+")
            ? new JsonPrimitive(Integer.parseInt(value))
            : new JsonPrimitive(value);
    return PropertyCheck.check(type, each.write().apply(written)).violations().stream()
        .map(violation -> violation.message())
        .filter(text -> text.contains("enum") || text.contains("expected type: Integer"))
        .map(text -> text.replace("expected type: Integer", "[enum]"))
        .toList();
  }

  private static void collect(
      TypeSpecification type,
      Map<String, Shape> members,
      String path,
      Function<JsonObject, JsonObject> outer,
      Set<String> visited,
      List<Enumerated> found) {
    members.forEach(
        (name, shape) ->
            visit(
                type,
                shape,
                path.isEmpty() ? name : path + "." + name,
                value -> {
                  JsonObject object = new JsonObject();
                  object.add(name, value);
                  return outer.apply(object);
                },
                visited,
                found));
  }

  private static void visit(
      TypeSpecification type,
      Shape shape,
      String path,
      Function<JsonElement, JsonObject> write,
      Set<String> visited,
      List<Enumerated> found) {
    if (!shape.enumeration().isEmpty()) {
      found.add(new Enumerated(path, shape, write));
    }
    if (shape.kind().equals("array")) {
      visit(
          type,
          shape.items().orElseThrow(),
          path + "[]",
          value -> {
            JsonArray array = new JsonArray();
            array.add(value);
            return write.apply(array);
          },
          visited,
          found);
    }
    if (shape.definition().isPresent() && visited.add(shape.definition().get())) {
      collect(
          type,
          type.definition(shape.definition().get()).members(),
          path,
          object -> write.apply(object),
          visited,
          found);
    }
  }
}
