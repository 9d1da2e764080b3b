package dev.cloudtask.localcloud.services.apigateway.control;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.cloudtask.localcloud.protocol.Constraints;
import dev.cloudtask.localcloud.protocol.restjson.JsonBody;
import dev.cloudtask.localcloud.services.apigateway.model.Api;
import dev.cloudtask.localcloud.services.apigateway.model.Model;
import dev.cloudtask.localcloud.services.apigateway.model.Resource;
import dev.cloudtask.localcloud.services.apigateway.model.RestApi;
import dev.cloudtask.localcloud.services.apigateway.model.Wire;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** APIs themselves. */
public final class RestApiOperations {
  private static final Shape INPUT =
      new Shape()
          .text("name", "description", "version", "apiKeySource", "policy")
          .texts("binaryMediaTypes")
          .integer("minimumCompressionSize")
          .bool("disableExecuteApiEndpoint")
          .textMap("tags")
          .structure("endpointConfiguration")
          .refuse("cloneFrom", "Create the API anew, for instance with CloudFormation.")
          .refuse("securityPolicy", "Leave it out: stages are served over loopback.")
          .refuse("endpointAccessMode", "Leave it out: stages are served over loopback.");

  private static final Shape ENDPOINT =
      new Shape()
          .texts("types")
          .text("ipAddressType")
          .refuse("vpcEndpointIds", "There are no VPCs here: use a REGIONAL or EDGE API.");

  private static final PatchRules RULES =
      new PatchRules()
          .text("name", "description", "version", "apiKeySource", "policy")
          .bool("disableExecuteApiEndpoint")
          .integer("minimumCompressionSize")
          .pathList("binaryMediaTypes");

  private static final List<String> ENDPOINT_TYPES = List.of("PRIVATE", "EDGE", "REGIONAL");
  private static final int MAX_COMPRESSION_SIZE = 10_485_760;

  private final Apis apis;

  RestApiOperations(Apis apis) {
    this.apis = apis;
  }

  /** Creates an API with its root resource and the two models every API has. */
  public JsonObject create(JsonBody body) {
    JsonObject input = INPUT.read(body);
    if (input.get("name") == null || input.get("name").getAsString().isBlank()) {
      throw ApiGatewayErrors.badRequest("REST API name is required");
    }
    JsonObject endpoint = endpoint(body.structure("endpointConfiguration"));
    input.add("endpointConfiguration", endpoint);
    String id = apis.environment().ids().lower(10);
    String rootId = apis.environment().ids().lower(10);
    input.addProperty("id", id);
    input.addProperty("rootResourceId", rootId);
    input.addProperty("createdDate", apis.environment().clock().instant().getEpochSecond());
    if (!input.has("apiKeySource")) {
      input.addProperty("apiKeySource", "HEADER");
    }
    RestApi restApi = checked(input);
    Map<String, Model> models = new LinkedHashMap<>();
    for (Model model : defaultModels()) {
      models.put(model.name(), model);
    }
    Resource root = new Resource(rootId, null, null, "/", null);
    apis.store().put(new Api(restApi, Map.of(rootId, root), Map.of(), models, Map.of(), Map.of()));
    return Wire.json(restApi);
  }

  JsonObject get(Call call) {
    return Wire.json(apis.api(call.apiId()).restApi());
  }

  JsonObject list(Call call) {
    return Pages.cut(
        apis.store().apis().stream()
            .map(Api::restApi)
            .sorted(Comparator.comparing(RestApi::createdDate).thenComparing(RestApi::id))
            .map(Wire::json)
            .toList(),
        call.query());
  }

  JsonObject update(Call call) {
    List<Patch> patches = Patch.read(call.body(), "updateRestApiInput");
    return apis.store()
        .write(
            () -> {
              JsonObject json = Wire.json(apis.api(call.apiId()).restApi());
              for (Patch patch : patches) {
                patch(patch, json);
              }
              if (!json.has("tags")) {
                json.add("tags", new JsonObject());
              }
              return replace(call.apiId(), json);
            });
  }

  /** Gives an API other settings: all of them, as CloudFormation does. */
  public JsonObject replace(String apiId, JsonBody body) {
    JsonObject input = INPUT.read(body);
    input.add("endpointConfiguration", endpoint(body.structure("endpointConfiguration")));
    return apis.store()
        .write(
            () -> {
              RestApi before = apis.api(apiId).restApi();
              input.addProperty("id", before.id());
              input.addProperty("rootResourceId", before.rootResourceId());
              input.addProperty("createdDate", before.createdDate().getEpochSecond());
              if (!input.has("apiKeySource")) {
                input.addProperty("apiKeySource", "HEADER");
              }
              return replace(apiId, input);
            });
  }

  private JsonObject replace(String apiId, JsonObject json) {
    RestApi changed = checked(json);
    apis.store().change(apiId, api -> api.with(changed));
    return Wire.json(changed);
  }

  /** Deletes an API with its deployments and stages. */
  public void delete(String apiId) {
    apis.store()
        .write(
            () -> {
              apis.api(apiId);
              apis.store().removeApi(apiId);
            });
  }

  private static void patch(Patch patch, JsonObject json) {
    List<String> path = patch.segments();
    if (!path.isEmpty() && path.get(0).equals("endpointConfiguration")) {
      patchEndpoint(patch, path, json.getAsJsonObject("endpointConfiguration"));
      return;
    }
    if (patch.path().equals("/minimumCompressionSize") && patch.replaces()) {
      String size = patch.value().orElse("");
      json.remove("minimumCompressionSize");
      if (!size.isEmpty()) {
        json.addProperty("minimumCompressionSize", compressionSize(size));
      }
      return;
    }
    RULES.apply(List.of(patch), json);
    if (json.get("binaryMediaTypes") != null && json.getAsJsonArray("binaryMediaTypes").isEmpty()) {
      json.remove("binaryMediaTypes");
    }
  }

  private static void patchEndpoint(Patch patch, List<String> path, JsonObject endpoint) {
    String value = patch.value().orElse("");
    if (path.size() > 1 && path.get(1).equals("ipAddressType")) {
      if (!patch.replaces()) {
        throw ApiGatewayErrors.patchOperation("replace");
      }
      if (!value.equals("ipv4") && !value.equals("dualstack")) {
        throw ApiGatewayErrors.badRequest("ipAddressType must be either ipv4 or dualstack.");
      }
      endpoint.addProperty("ipAddressType", value);
    } else if (path.size() == 3 && path.get(1).equals("types")) {
      if (!patch.replaces()) {
        throw ApiGatewayErrors.badRequest(
            "Invalid patch operation specified. Must be 'add'|'remove'|'replace'");
      }
      if (!ENDPOINT_TYPES.contains(value)) {
        throw ApiGatewayErrors.badRequest(
            "Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE");
      }
      endpoint.add("types", Wire.json(Map.of("types", List.of(value))).get("types"));
      if (value.equals("PRIVATE")) {
        endpoint.addProperty("ipAddressType", "dualstack");
      }
    } else {
      throw ApiGatewayErrors.patchPath(patch.path());
    }
  }

  private static int compressionSize(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw ApiGatewayErrors.badRequest(ApiGatewayErrors.COMPRESSION);
    }
  }

  private static JsonObject endpoint(Optional<JsonBody> given) {
    JsonObject endpoint = given.map(ENDPOINT::read).orElseGet(JsonObject::new);
    List<String> types = given.flatMap(body -> body.texts("types")).orElse(List.of("EDGE"));
    Constraints constraints = new Constraints("ValidationException");
    if (!ENDPOINT_TYPES.containsAll(types)) {
      constraints.violation(
          new TreeSet<>(types).toString(),
          "createRestApiInput.endpointConfiguration.types",
          "Member must satisfy constraint: [Member must satisfy enum value set: [PRIVATE, EDGE,"
              + " REGIONAL]]");
    }
    Optional<String> ip = given.flatMap(body -> body.text("ipAddressType"));
    constraints
        .oneOf(
            "createRestApiInput.endpointConfiguration.ipAddressType",
            ip,
            List.of("ipv4", "dualstack"))
        .check();
    endpoint.add("types", Wire.json(Map.of("types", types)).get("types"));
    if (ip.isEmpty()) {
      endpoint.add(
          "ipAddressType", new JsonPrimitive(types.contains("PRIVATE") ? "dualstack" : "ipv4"));
    }
    return endpoint;
  }

  private static RestApi checked(JsonObject json) {
    RestApi api = Wire.read(json, RestApi.class);
    if (json.has("description") && json.get("description").getAsString().isEmpty()) {
      throw ApiGatewayErrors.badRequest(ApiGatewayErrors.DESCRIPTION);
    }
    Integer size = api.minimumCompressionSize();
    if (size != null && (size < 0 || size > MAX_COMPRESSION_SIZE)) {
      throw ApiGatewayErrors.badRequest(ApiGatewayErrors.COMPRESSION);
    }
    List<String> types = api.endpointConfiguration().types();
    if (types.isEmpty()) {
      throw ApiGatewayErrors.badRequest(ApiGatewayErrors.NO_ENDPOINT);
    }
    if (types.size() > 1) {
      throw ApiGatewayErrors.badRequest(ApiGatewayErrors.MANY_ENDPOINTS);
    }
    if (types.contains("PRIVATE")) {
      if (api.endpointConfiguration().ipAddressType().equals("ipv4")) {
        throw ApiGatewayErrors.badRequest(
            "Only dualstack ipAddressType is supported for Private APIs.");
      }
      throw ApiGatewayErrors.notEmulated(
          "endpointConfiguration.types PRIVATE",
          "There are no VPCs here: use a REGIONAL or EDGE API.");
    }
    new Constraints("ValidationException")
        .oneOf(
            "createRestApiInput.apiKeySource",
            Optional.of(api.apiKeySource()),
            List.of("HEADER", "AUTHORIZER"))
        .check();
    List<String> media = api.binaryMediaTypes();
    return media == null || !media.isEmpty()
        ? api
        : Wire.read(without(json, "binaryMediaTypes"), RestApi.class);
  }

  private static JsonObject without(JsonObject json, String member) {
    JsonObject copy = json.deepCopy();
    copy.remove(member);
    return copy;
  }

  private List<Model> defaultModels() {
    return List.of(
        new Model(
            apis.environment().ids().lower(6),
            "Empty",
            "This is a default empty schema model",
            """
            {
              "$schema": "http://json-schema.org/draft-04/schema#",
              "title" : "Empty Schema",
              "type" : "object"
            }""",
            "application/json"),
        new Model(
            apis.environment().ids().lower(6),
            "Error",
            "This is a default error schema model",
            """
            {
              "$schema" : "http://json-schema.org/draft-04/schema#",
              "title" : "Error Schema",
              "type" : "object",
              "properties" : {
                "message" : { "type" : "string" }
              }
            }""",
            "application/json"));
  }
}
