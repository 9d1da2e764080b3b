package dev.cloudtask.localcloud.services.lambda;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceProvider;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceRequest;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceState;
import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.protocol.restjson.JsonBody;
import java.util.Optional;
import java.util.Set;

/**
 * {@code AWS::Lambda::Function}.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html">
 *     AWS::Lambda::Function</a>
 */
final class FunctionResource implements ResourceProvider {
  private final Functions functions;
  private final SettingsOperations settings;
  private final LambdaJson json;

  FunctionResource(Functions functions, SettingsOperations settings, LambdaJson json) {
    this.functions = functions;
    this.settings = settings;
    this.json = json;
  }

  @Override
  public String type() {
    return "AWS::Lambda::Function";
  }

  @Override
  public Set<String> refused() {
    return Set.of(
        "VpcConfig",
        "KmsKeyArn",
        "FileSystemConfigs",
        "ImageConfig",
        "CodeSigningConfigArn",
        "RuntimeManagementConfig",
        "Layers",
        "CapacityProviderConfig",
        "DurableConfig",
        "TenancyConfig",
        "FunctionScalingConfig",
        "PublishToLatestPublished",
        "Code.ImageUri",
        "Code.SourceKMSKeyArn",
        "LoggingConfig.ApplicationLogLevel",
        "LoggingConfig.SystemLogLevel",
        "RecursiveLoop");
  }

  @Override
  public Set<String> acceptedWithoutEffect() {
    return Set.of("TracingConfig", "EphemeralStorage", "DeadLetterConfig", "Architectures");
  }

  @Override
  public ResourceState create(ResourceRequest request) {
    JsonObject body = ResourceBodies.withTags(request);
    if (!body.has("FunctionName")) {
      body.addProperty("FunctionName", request.generatedName());
    }
    requireNoInlineSource(body);
    FunctionVersion created = functions.create(request.caller(), JsonBody.of(body));
    FunctionRef function = new FunctionRef(created.name(), Optional.empty());
    reserve(function, body);
    return state(function);
  }

  private static void requireNoInlineSource(JsonObject body) {
    if (body.get("Code") instanceof JsonObject code && code.has("ZipFile")) {
      throw new AwsException(
          "InvalidRequest",
          400,
          "ZipFile holds source text for Node.js and Python functions only. For Java name the"
              + " package by S3Bucket and S3Key.");
    }
  }

  private void reserve(FunctionRef function, JsonObject body) {
    Optional<Integer> reserved = JsonBody.of(body).integer("ReservedConcurrentExecutions");
    settings.setConcurrency(function, reserved);
  }

  @Override
  public ResourceState update(ResourceRequest request, ResourceState current, JsonObject previous) {
    FunctionRef function = new FunctionRef(current.physicalId(), Optional.empty());
    JsonObject body = ResourceBodies.withTags(request);
    requireNoInlineSource(body);
    if (!body.get("Code").equals(previous.get("Code")) || !equal(body, previous, "Architectures")) {
      JsonObject code = body.getAsJsonObject("Code").deepCopy();
      functions.settleNow(function);
      functions.updateCode(request.caller(), function, JsonBody.of(code));
    }
    functions.settleNow(function);
    functions.updateSettings(function, JsonBody.of(completed(body)));
    reserve(function, body);
    functions
        .store()
        .write(
            () -> {
              FunctionEntry entry = functions.store().require(function);
              functions
                  .store()
                  .put(entry.withTags(JsonBody.of(body).textMap("Tags").orElseThrow()));
            });
    return state(function);
  }

  /** Adds what a template leaves out and AWS then sets back to its default. */
  private static JsonObject completed(JsonObject body) {
    JsonObject whole = body.deepCopy();
    whole.remove("Tags");
    whole.remove("Code");
    addIfAbsent(whole, "Description", "");
    if (!whole.has("Timeout")) {
      whole.addProperty("Timeout", 3);
    }
    if (!whole.has("MemorySize")) {
      whole.addProperty("MemorySize", 128);
    }
    for (String structure : new String[] {"Environment", "LoggingConfig", "DeadLetterConfig"}) {
      if (!whole.has(structure)) {
        whole.add(structure, new JsonObject());
      }
    }
    if (!whole.has("Architectures")) {
      JsonArray architectures = new JsonArray();
      architectures.add("x86_64");
      whole.add("Architectures", architectures);
    }
    return whole;
  }

  private static void addIfAbsent(JsonObject body, String name, String value) {
    if (!body.has(name)) {
      body.addProperty(name, value);
    }
  }

  private static boolean equal(JsonObject a, JsonObject b, String name) {
    return String.valueOf(a.get(name)).equals(String.valueOf(b.get(name)));
  }

  private ResourceState state(FunctionRef function) {
    functions.settleNow(function);
    JsonObject attributes = new JsonObject();
    attributes.addProperty("Arn", json.arn(function.name()));
    return ResourceState.of(function.name(), attributes);
  }

  @Override
  public void delete(ResourceRequest request, ResourceState current) {
    FunctionRef function = new FunctionRef(current.physicalId(), Optional.empty());
    if (functions.store().find(function.name()).isPresent()) {
      functions.delete(function);
    }
  }
}
