package dev.cloudtask.localcloud.services.apigateway.control;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.cloudtask.localcloud.protocol.AwsException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Which paths of a thing may be patched, and how.
 *
 * <p>Scalars can be replaced only. Entries of maps ({@code /requestParameters/NAME}) can be added,
 * replaced and removed; elements of lists are named in the path itself ({@code
 * /binaryMediaTypes/image~1png}).
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html">Patch
 *     operations</a>
 */
final class PatchRules {
  private enum Kind {
    TEXT,
    BOOL,
    INTEGER,
    TEXT_MAP,
    BOOL_MAP,
    PATH_LIST,
    VALUE_LIST
  }

  private final Map<String, Kind> kinds = new LinkedHashMap<>();
  private final Map<String, Supplier<AwsException>> missing = new LinkedHashMap<>();
  private boolean namesThePaths;

  PatchRules text(String... names) {
    return all(Kind.TEXT, names);
  }

  PatchRules bool(String... names) {
    return all(Kind.BOOL, names);
  }

  PatchRules integer(String... names) {
    return all(Kind.INTEGER, names);
  }

  PatchRules textMap(String... names) {
    return all(Kind.TEXT_MAP, names);
  }

  PatchRules boolMap(String... names) {
    return all(Kind.BOOL_MAP, names);
  }

  /** Lists whose elements stand in the path. */
  PatchRules pathList(String... names) {
    return all(Kind.PATH_LIST, names);
  }

  /** Lists whose elements stand in the value. */
  PatchRules valueList(String... names) {
    return all(Kind.VALUE_LIST, names);
  }

  /** What to answer when an entry of this map is replaced or removed that is not there. */
  PatchRules whenMissing(String name, Supplier<AwsException> failure) {
    missing.put(name, failure);
    return this;
  }

  /** Makes a wrong path be answered with the list of right ones, as for resources and models. */
  PatchRules namingThePaths() {
    namesThePaths = true;
    return this;
  }

  /** Applies the operations in their order. */
  void apply(List<Patch> patches, JsonObject target) {
    for (Patch patch : patches) {
      apply(patch, target);
    }
  }

  private void apply(Patch patch, JsonObject target) {
    List<String> path = patch.segments();
    Kind kind = path.isEmpty() ? null : kinds.get(path.get(0));
    boolean scalar = kind == Kind.TEXT || kind == Kind.BOOL || kind == Kind.INTEGER;
    if (namesThePaths && (kind == null || path.size() != 1 || !patch.replaces())) {
      throw ApiGatewayErrors.patchPathFor(
          patch.path(), patch.op(), kinds.keySet().stream().map(name -> "/" + name).toList());
    }
    if (kind == null || path.size() != (scalar || kind == Kind.VALUE_LIST ? 1 : 2)) {
      throw ApiGatewayErrors.patchPath(patch.path());
    }
    String name = path.get(0);
    switch (kind) {
      case TEXT, BOOL, INTEGER -> replace(patch, name, kind, target);
      case TEXT_MAP, BOOL_MAP -> entry(patch, name, path.get(1), kind, target);
      case PATH_LIST -> element(patch, list(target, name), path.get(1));
      case VALUE_LIST -> value(patch, list(target, name));
    }
  }

  private static void replace(Patch patch, String name, Kind kind, JsonObject target) {
    if (!patch.replaces()) {
      throw ApiGatewayErrors.patchOperation("replace");
    }
    String value = patch.value().orElse("");
    if (value.isEmpty() && kind != Kind.BOOL) {
      target.remove(name);
    } else {
      target.add(name, primitive(value, kind, patch));
    }
  }

  private void entry(Patch patch, String name, String key, Kind kind, JsonObject target) {
    JsonObject map =
        target.get(name) instanceof JsonObject known ? known.deepCopy() : new JsonObject();
    if (!patch.adds() && !map.has(key)) {
      throw missing
          .getOrDefault(name, () -> ApiGatewayErrors.notFound("Invalid parameter name specified"))
          .get();
    }
    if (patch.removes()) {
      map.remove(key);
    } else if (patch.adds() || patch.replaces()) {
      if (patch.value().isEmpty()) {
        throw ApiGatewayErrors.badRequest("Invalid null or empty value in " + name);
      }
      Kind valueKind = kind == Kind.BOOL_MAP ? Kind.BOOL : Kind.TEXT;
      map.add(key, primitive(patch.value().get(), valueKind, patch));
    } else {
      throw ApiGatewayErrors.patchOperation("add, remove, replace");
    }
    if (map.isEmpty()) {
      target.remove(name);
    } else {
      target.add(name, map);
    }
  }

  private static void element(Patch patch, JsonArray list, String element) {
    JsonPrimitive known = new JsonPrimitive(element);
    if (patch.adds()) {
      if (!list.contains(known)) {
        list.add(element);
      }
    } else if (!list.contains(known)) {
      throw ApiGatewayErrors.notFound("Invalid " + element + " specified");
    } else {
      list.remove(known);
      if (patch.replaces()) {
        list.add(patch.value().orElse(element));
      }
    }
  }

  private static void value(Patch patch, JsonArray list) {
    String value = patch.value().orElseThrow(() -> ApiGatewayErrors.patchPath(patch.path()));
    for (String element : value.split(",")) {
      JsonPrimitive known = new JsonPrimitive(element.strip());
      if (patch.removes()) {
        list.remove(known);
      } else if (!list.contains(known)) {
        list.add(known);
      }
    }
  }

  private static JsonArray list(JsonObject target, String name) {
    JsonArray list =
        target.get(name) instanceof JsonArray known ? known.deepCopy() : new JsonArray();
    target.add(name, list);
    return list;
  }

  private static JsonElement primitive(String value, Kind kind, Patch patch) {
    if (kind == Kind.BOOL) {
      return new JsonPrimitive(Boolean.parseBoolean(value));
    }
    if (kind == Kind.INTEGER) {
      try {
        return new JsonPrimitive(Integer.parseInt(value));
      } catch (NumberFormatException e) {
        throw ApiGatewayErrors.badRequest("Invalid value '" + value + "' for " + patch.path());
      }
    }
    return new JsonPrimitive(value);
  }

  private PatchRules all(Kind kind, String... names) {
    for (String name : names) {
      kinds.put(name, kind);
    }
    return this;
  }
}
