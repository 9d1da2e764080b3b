package dev.cloudtask.localcloud.services.apigateway.resource;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceProvider;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceRequest;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceState;
import dev.cloudtask.localcloud.services.apigateway.control.StageOperations;
import dev.cloudtask.localcloud.services.apigateway.model.Stage.MethodSetting;
import dev.cloudtask.localcloud.services.apigateway.model.Wire;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** {@code AWS::ApiGateway::Stage}. */
public final class StageResource implements ResourceProvider {
  static final Set<String> WITHOUT_EFFECT =
      Set.of(
          "DocumentationVersion",
          "TracingEnabled",
          "MethodSettings.CacheDataEncrypted",
          "MethodSettings.CacheTtlInSeconds",
          "MethodSettings.CachingEnabled",
          "MethodSettings.MetricsEnabled");

  private static final Set<String> SETTINGS =
      Set.of(
          "CacheDataEncrypted",
          "CacheTtlInSeconds",
          "CachingEnabled",
          "DataTraceEnabled",
          "LoggingLevel",
          "MetricsEnabled",
          "ThrottlingBurstLimit",
          "ThrottlingRateLimit");

  private final StageOperations stages;

  /** Serves the type with these operations. */
  public StageResource(StageOperations stages) {
    this.stages = stages;
  }

  @Override
  public String type() {
    return "AWS::ApiGateway::Stage";
  }

  @Override
  public ResourceState create(ResourceRequest request) {
    Properties properties = Properties.of(request);
    JsonObject input = input(properties);
    input.add("tags", Properties.tags(request));
    stages.create(properties.text("RestApiId"), Properties.body(input));
    return ResourceState.of(properties.text("StageName"), new JsonObject());
  }

  @Override
  public ResourceState update(ResourceRequest request, ResourceState current, JsonObject previous) {
    Properties properties = Properties.of(request);
    JsonObject input = input(properties);
    input.add("tags", Properties.tags(request));
    stages.replace(properties.text("RestApiId"), current.physicalId(), Properties.body(input));
    return current;
  }

  @Override
  public void delete(ResourceRequest request, ResourceState current) {
    Gone.orDelete(
        () -> stages.delete(Properties.of(request).text("RestApiId"), current.physicalId()));
  }

  @Override
  public Set<String> refused() {
    return Set.of("CacheClusterSize", "CanarySetting", "ClientCertificateId");
  }

  @Override
  public Set<String> acceptedWithoutEffect() {
    return WITHOUT_EFFECT;
  }

  /** Returns a stage's settings, of a stage or of a deployment's stage description. */
  static JsonObject input(Properties properties) {
    JsonObject input = properties.input(Map.of("AccessLogSetting", "accessLogSettings"));
    input.remove("tags");
    if (properties.has("AccessLogSetting")) {
      input.add("accessLogSettings", properties.structure("AccessLogSetting").input());
    }
    JsonObject settings = new JsonObject();
    boolean forAll = SETTINGS.stream().anyMatch(properties::has);
    if (forAll) {
      settings.add("*/*", setting(properties));
    }
    for (JsonElement each : properties.list("MethodSettings")) {
      Properties method = new Properties(each.getAsJsonObject());
      settings.add(key(method), setting(method));
    }
    input.add("methodSettings", settings);
    return input;
  }

  /** A slash and an asterisk mean every resource; other paths lose the slash they begin with. */
  private static String key(Properties method) {
    String path = method.text("ResourcePath");
    String resource = path.equals("/*") || path.isEmpty() ? "*" : path.replaceFirst("^/", "");
    String httpMethod = method.text("HttpMethod");
    return resource.replace("~1", "/") + "/" + (httpMethod.isEmpty() ? "*" : httpMethod);
  }

  private static JsonObject setting(Properties given) {
    JsonObject setting = Wire.json(MethodSetting.DEFAULT);
    for (String name : SETTINGS) {
      if (given.has(name)) {
        setting.add(
            name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1),
            given.json().get(name));
      }
    }
    return setting;
  }
}
