package dev.cloudtask.localcloud.services.apigateway.control;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.protocol.restjson.JsonBody;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The members an input may have, and their types.
 *
 * <p>Reading one copies what is named here, with the type checked; members that AWS knows and this
 * cloud does not emulate are refused by name; what nobody knows is ignored, as AWS does.
 */
final class Shape {
  private static final Gson GSON = new Gson();

  private final Map<String, BiFunction<JsonBody, String, Optional<?>>> members =
      new LinkedHashMap<>();
  private final Map<String, String> refused = new LinkedHashMap<>();

  Shape text(String... names) {
    return all(JsonBody::text, names);
  }

  Shape integer(String... names) {
    return all(JsonBody::integer, names);
  }

  Shape bool(String... names) {
    return all(JsonBody::bool, names);
  }

  Shape texts(String... names) {
    return all(JsonBody::texts, names);
  }

  Shape textMap(String... names) {
    return all(JsonBody::textMap, names);
  }

  Shape boolMap(String... names) {
    return all(Shape::bools, names);
  }

  Shape structure(String... names) {
    return all((body, name) -> body.structure(name).map(JsonBody::members), names);
  }

  /** Names a member that is refused, and what to do instead. */
  Shape refuse(String name, String advice) {
    refused.put(name, advice);
    return this;
  }

  JsonObject read(JsonBody body) {
    refused.forEach(
        (name, advice) -> body.refuse(name, ApiGatewayErrors.notEmulated(name, advice)));
    JsonObject read = new JsonObject();
    members.forEach(
        (name, reader) ->
            reader.apply(body, name).ifPresent(value -> read.add(name, GSON.toJsonTree(value))));
    return read;
  }

  private Shape all(BiFunction<JsonBody, String, Optional<?>> reader, String... names) {
    for (String name : names) {
      members.put(name, reader);
    }
    return this;
  }

  private static Optional<Map<String, Boolean>> bools(JsonBody body, String name) {
    return body.structure(name)
        .map(
            map -> {
              Map<String, Boolean> values = new LinkedHashMap<>();
              map.members()
                  .keySet()
                  .forEach(key -> map.bool(key).ifPresent(value -> values.put(key, value)));
              return values;
            });
  }
}
