package dev.cloudtask.localcloud.services.apigateway.control;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.cloudtask.localcloud.services.apigateway.model.Stage.MethodSetting;
import dev.cloudtask.localcloud.services.apigateway.model.Wire;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * PATCH of a stage: its own settings, and those of methods at {@code
 * /RESOURCE~1PATH/METHOD/SETTING}, where both may be {@code *}.
 */
final class StagePatch {
  private static final PatchRules RULES =
      new PatchRules()
          .text("deploymentId", "description")
          .bool("cacheClusterEnabled", "tracingEnabled")
          .textMap("variables");

  /** Setting names in paths, and the members they set. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "metrics/enabled", "metricsEnabled",
          "logging/dataTrace", "dataTraceEnabled",
          "logging/loglevel", "loggingLevel",
          "throttling/burstLimit", "throttlingBurstLimit",
          "throttling/rateLimit", "throttlingRateLimit",
          "caching/ttlInSeconds", "cacheTtlInSeconds",
          "caching/enabled", "cachingEnabled",
          "caching/dataEncrypted", "cacheDataEncrypted",
          "caching/requireAuthorizationForCacheControl", "requireAuthorizationForCacheControl",
          "caching/unauthorizedCacheControlHeaderStrategy",
              "unauthorizedCacheControlHeaderStrategy");

  private static final Set<String> NUMBERS =
      Set.of("throttlingBurstLimit", "throttlingRateLimit", "cacheTtlInSeconds");
  private static final Set<String> TEXTS =
      Set.of("loggingLevel", "unauthorizedCacheControlHeaderStrategy");
  private static final Set<String> OWN =
      Set.of("deploymentId", "description", "cacheClusterEnabled", "tracingEnabled", "variables");

  private StagePatch() {}

  static void apply(List<Patch> patches, JsonObject stage) {
    for (Patch patch : patches) {
      List<String> path = patch.segments();
      String first = path.isEmpty() ? "" : path.get(0);
      if (first.equals("cacheClusterSize") || first.equals("clientCertificateId")) {
        throw ApiGatewayErrors.notEmulated(first, StageOperations.NO_CACHE);
      } else if (first.equals("accessLogSettings")) {
        accessLog(patch, path, stage);
      } else if (path.size() == 4 && SETTINGS.containsKey(path.get(2) + "/" + path.get(3))) {
        setting(patch, path, stage.getAsJsonObject("methodSettings"));
      } else if (path.size() == 2 && patch.removes() && !first.equals("variables")) {
        removeSettings(path.get(0) + "/" + path.get(1), stage.getAsJsonObject("methodSettings"));
      } else if (OWN.contains(first)) {
        variable(patch, path, stage);
      } else {
        throw ApiGatewayErrors.badRequest(
            "Invalid method setting path: %s. Must be one of: [%s]"
                .formatted(patch.path(), ApiGatewayErrors.STAGE_PATHS));
      }
    }
  }

  /** A variable may be replaced before it is there. */
  private static void variable(Patch patch, List<String> path, JsonObject stage) {
    boolean upsert = path.size() == 2 && path.get(0).equals("variables") && patch.replaces();
    RULES.apply(List.of(upsert ? new Patch("add", patch.path(), patch.value()) : patch), stage);
  }

  private static void accessLog(Patch patch, List<String> path, JsonObject stage) {
    if (path.size() == 1 && patch.removes()) {
      stage.remove("accessLogSettings");
    } else if (path.size() == 2
        && Set.of("destinationArn", "format").contains(path.get(1))
        && !patch.removes()) {
      JsonObject settings =
          stage.get("accessLogSettings") instanceof JsonObject known ? known : new JsonObject();
      settings.addProperty(path.get(1), patch.value().orElse(""));
      stage.add("accessLogSettings", settings);
    } else {
      throw ApiGatewayErrors.badRequest(
          "Invalid method setting path: %s. Must be one of: [%s]"
              .formatted(patch.path(), ApiGatewayErrors.STAGE_PATHS));
    }
  }

  private static void setting(Patch patch, List<String> path, JsonObject settings) {
    if (!patch.replaces()) {
      throw ApiGatewayErrors.patchOperation("replace");
    }
    String key = key(path);
    String member = SETTINGS.get(path.get(2) + "/" + path.get(3));
    JsonObject method =
        settings.get(key) instanceof JsonObject known ? known : Wire.json(MethodSetting.DEFAULT);
    method.add(member, value(String.valueOf(member), patch.value().orElse("")));
    settings.add(key, method);
  }

  private static void removeSettings(String key, JsonObject settings) {
    String name = key.startsWith("/") && key.length() > 1 ? key.substring(1) : key;
    if (settings.remove(name) == null) {
      throw ApiGatewayErrors.badRequest(
          "Cannot remove method setting %s because there is no method setting for this method "
              .formatted(name));
    }
  }

  /** The key AWS shows has no slash before the resource's path. */
  private static String key(List<String> path) {
    String resource = path.get(0);
    return (resource.startsWith("/") ? resource.substring(1) : resource) + "/" + path.get(1);
  }

  private static JsonElement value(String member, String text) {
    if (TEXTS.contains(member)) {
      return new JsonPrimitive(text);
    }
    if (NUMBERS.contains(member)) {
      try {
        double number = Double.parseDouble(text);
        return member.equals("throttlingRateLimit")
            ? new JsonPrimitive(number)
            : new JsonPrimitive((int) number);
      } catch (NumberFormatException e) {
        throw ApiGatewayErrors.badRequest("Invalid " + member + " specified: " + text);
      }
    }
    return new JsonPrimitive(Boolean.parseBoolean(text));
  }
}
