package dev.cloudtask.localcloud.services.apigateway.control;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.protocol.Constraints;
import dev.cloudtask.localcloud.protocol.restjson.JsonBody;
import dev.cloudtask.localcloud.services.apigateway.model.Api;
import dev.cloudtask.localcloud.services.apigateway.model.Authorizer;
import dev.cloudtask.localcloud.services.apigateway.model.Wire;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Authorizers. */
public final class AuthorizerOperations {
  private static final Shape INPUT =
      new Shape()
          .text("name", "type", "authType", "authorizerUri", "authorizerCredentials")
          .text("identitySource", "identityValidationExpression")
          .texts("providerARNs")
          .integer("authorizerResultTtlInSeconds");
  private static final PatchRules RULES =
      new PatchRules()
          .text("name", "authType", "authorizerUri", "authorizerCredentials")
          .text("identitySource", "identityValidationExpression", "type")
          .integer("authorizerResultTtlInSeconds")
          .valueList("providerARNs");
  private static final int LONGEST_EXPRESSION = 2_048;
  private static final int MOST_TTL = 3_600;
  private static final Pattern POOL_ARN =
      Pattern.compile("arn:aws:cognito-idp:[^:]+:\\d{12}:userpool/[\\w-]+_[0-9a-zA-Z]+");
  private static final Pattern SOURCE =
      Pattern.compile(
          "method\\.request\\.(header|querystring)\\.[^.\\s]+|context\\.\\S+|stageVariables\\.\\S+");

  private final Apis apis;

  AuthorizerOperations(Apis apis) {
    this.apis = apis;
  }

  /** Creates an authorizer. */
  public JsonObject create(String apiId, JsonBody body) {
    JsonObject input = INPUT.read(body);
    if (apis.store().api(apiId).isEmpty()) {
      // What AWS answers here is not "not found".
      throw ApiGatewayErrors.conflict(
          "Unable to complete operation due to concurrent modification. Please try again later.");
    }
    input.addProperty("id", apis.environment().ids().lower(6));
    return apis.store().write(() -> keep(apiId, input));
  }

  /** Gives an authorizer other settings: all of them, as CloudFormation does. */
  public JsonObject replace(String apiId, String authorizerId, JsonBody body) {
    JsonObject input = INPUT.read(body);
    return apis.store()
        .write(
            () -> {
              find(apiId, authorizerId);
              input.addProperty("id", authorizerId);
              return keep(apiId, input);
            });
  }

  JsonObject get(Call call) {
    return Wire.json(find(call.apiId(), call.label("authorizer_id")));
  }

  JsonObject list(Call call) {
    return Pages.cut(
        apis.api(call.apiId()).authorizers().values().stream()
            .sorted(Comparator.comparing(Authorizer::name))
            .map(Wire::json)
            .toList(),
        call.query());
  }

  JsonObject update(Call call) {
    List<Patch> patches = Patch.read(call.body(), "updateAuthorizerInput");
    return apis.store()
        .write(
            () -> {
              JsonObject json = Wire.json(find(call.apiId(), call.label("authorizer_id")));
              RULES.apply(patches, json);
              return keep(call.apiId(), json);
            });
  }

  /** Deletes an authorizer. */
  public void delete(String apiId, String authorizerId) {
    apis.store()
        .write(
            () -> {
              find(apiId, authorizerId);
              apis.store().change(apiId, api -> api.withoutAuthorizer(authorizerId));
            });
  }

  private Authorizer find(String apiId, String authorizerId) {
    return apis.store()
        .api(apiId)
        .flatMap(api -> Optional.ofNullable(api.authorizers().get(authorizerId)))
        .orElseThrow(ApiGatewayErrors::noAuthorizer);
  }

  private JsonObject keep(String apiId, JsonObject json) {
    Authorizer authorizer = checked(apis.api(apiId), json);
    apis.store().change(apiId, api -> api.with(authorizer));
    return Wire.json(authorizer);
  }

  private static Authorizer checked(Api api, JsonObject json) {
    new Constraints("ValidationException")
        .required("createAuthorizerInput.type", Optional.ofNullable(json.get("type")))
        .oneOf(
            "createAuthorizerInput.type",
            Optional.ofNullable(json.get("type")).map(e -> e.getAsString()),
            List.of("TOKEN", "COGNITO_USER_POOLS", "REQUEST"))
        .check();
    String type = json.get("type").getAsString();
    if (!json.has("authType")) {
      json.addProperty(
          "authType", type.equals("COGNITO_USER_POOLS") ? "cognito_user_pools" : "custom");
    }
    Authorizer authorizer = Wire.read(json, Authorizer.class);
    if (!json.has("name") || authorizer.name().isBlank()) {
      throw ApiGatewayErrors.badRequest("Authorizer name cannot be empty");
    }
    boolean taken =
        api.authorizers().values().stream()
            .anyMatch(a -> a.name().equals(authorizer.name()) && !a.id().equals(authorizer.id()));
    if (taken) {
      throw ApiGatewayErrors.badRequest(
          "Authorizer name must be unique. Authorizer %s already exists in this RestApi."
              .formatted(authorizer.name()));
    }
    int ttl = authorizer.ttlSeconds();
    if (ttl < 0 || ttl > MOST_TTL) {
      throw ApiGatewayErrors.badRequest(
          "Authorizer result TTL must be between 0 and 3600 seconds: " + ttl);
    }
    checkExpression(authorizer.identityValidationExpression());
    if (type.equals("COGNITO_USER_POOLS")) {
      checkPools(authorizer.providerARNs());
    } else {
      IntegrationRules.checkFunctionUri(authorizer.authorizerUri());
    }
    checkSources(type, authorizer.identitySource(), ttl);
    return authorizer;
  }

  private static void checkPools(@Nullable List<String> arns) {
    if (arns == null || arns.isEmpty()) {
      throw ApiGatewayErrors.badRequest(
          "Invalid Cognito user pool authorizer: providerARNs must name at least one user pool");
    }
    for (String arn : arns) {
      if (!POOL_ARN.matcher(arn).matches()) {
        throw ApiGatewayErrors.badRequest(ApiGatewayErrors.INVALID_ARN);
      }
    }
  }

  private static void checkSources(String type, @Nullable String identitySource, int ttl) {
    if (identitySource == null || identitySource.isEmpty()) {
      if (type.equals("REQUEST") && ttl == 0) {
        return;
      }
      throw ApiGatewayErrors.badRequest("Identity source is required for authorizer type " + type);
    }
    for (String source : identitySource.split(",")) {
      boolean fits =
          SOURCE.matcher(source.strip()).matches()
              && (type.equals("REQUEST") || source.startsWith("method.request.header."));
      if (!fits) {
        throw ApiGatewayErrors.mapping("Invalid mapping expression specified: " + source.strip());
      }
    }
  }

  private static void checkExpression(@Nullable String expression) {
    if (expression != null) {
      // Java takes quadratic time over long ones, and the store is locked meanwhile.
      if (expression.length() > LONGEST_EXPRESSION) {
        throw ApiGatewayErrors.badRequest(
            "Invalid identity validation expression: longer than "
                + LONGEST_EXPRESSION
                + " characters");
      }
      try {
        Pattern.compile(expression);
      } catch (PatternSyntaxException e) {
        throw ApiGatewayErrors.badRequest(
            "Invalid identity validation expression: " + e.getDescription());
      }
    }
  }
}
