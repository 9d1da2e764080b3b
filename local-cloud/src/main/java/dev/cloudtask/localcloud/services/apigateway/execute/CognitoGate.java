package dev.cloudtask.localcloud.services.apigateway.execute;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.ports.TokenVerifier;
import dev.cloudtask.localcloud.services.apigateway.model.Authorizer;
import dev.cloudtask.localcloud.services.apigateway.model.Method;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lets requests pass that carry a token of a user pool: an ID token, or, where the method names
 * scopes, an access token with one of them.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-integrate-with-cognito.html">Control
 *     access to REST APIs using Amazon Cognito user pools</a>
 */
final class CognitoGate {
  /** AWS hands these two on as dates in words; auth_time stays a number. */
  private static final Set<String> DATES = Set.of("exp", "iat");

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss 'UTC' yyyy", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final TokenVerifier tokens;

  CognitoGate(TokenVerifier tokens) {
    this.tokens = tokens;
  }

  /** Returns what {@code requestContext.authorizer} will hold. */
  JsonObject check(Exchange exchange, Authorizer authorizer) {
    String source = String.valueOf(authorizer.identitySource());
    String sent =
        Sources.ofRequest(exchange, source)
            .filter(value -> !value.isBlank())
            .orElseThrow(() -> GatewayFault.unauthorized("the request has no " + source));
    String token = sent.regionMatches(true, 0, "Bearer ", 0, 7) ? sent.substring(7).strip() : sent;
    JsonObject claims = claims(token, authorizer);
    checkUse(claims, exchange.route().method(), authorizer);
    JsonObject context = new JsonObject();
    context.add("claims", texts(claims));
    return context;
  }

  private JsonObject claims(String token, Authorizer authorizer) {
    List<String> pools = authorizer.providerARNs();
    TokenVerifier.Result result = tokens.verify(token, pools == null ? List.of() : pools);
    if (result instanceof TokenVerifier.Result.Expired) {
      throw GatewayFault.unauthorized("The incoming token has expired", "the token has expired");
    }
    if (result instanceof TokenVerifier.Result.Invalid invalid) {
      throw GatewayFault.unauthorized("the token does not count: " + invalid.reason());
    }
    return ((TokenVerifier.Result.Valid) result).claims();
  }

  private static void checkUse(JsonObject claims, Method method, Authorizer authorizer) {
    List<String> scopes = method.authorizationScopes();
    String use = text(claims, "token_use");
    if (scopes == null || scopes.isEmpty()) {
      if (!use.equals("id")) {
        throw GatewayFault.unauthorized(
            "the method names no scopes, so it takes ID tokens; this is an %s token"
                .formatted(use));
      }
    } else {
      List<String> granted = Arrays.asList(text(claims, "scope").split(" "));
      if (!use.equals("access") || granted.stream().noneMatch(scopes::contains)) {
        throw GatewayFault.unauthorized(
            "the method takes access tokens with one of the scopes %s; this is an %s token with %s"
                .formatted(scopes, use, granted));
      }
    }
    String expression = authorizer.identityValidationExpression();
    if (expression != null && !expression.isEmpty() && !text(claims, "aud").matches(expression)) {
      throw GatewayFault.unauthorized(
          "the token's aud does not match the identity validation expression " + expression);
    }
  }

  private static String text(JsonObject claims, String name) {
    JsonElement claim = claims.get(name);
    return claim != null && claim.isJsonPrimitive() ? claim.getAsString() : "";
  }

  /** Functions get every claim as text. */
  private static JsonObject texts(JsonObject claims) {
    JsonObject texts = new JsonObject();
    for (Map.Entry<String, JsonElement> claim : claims.entrySet()) {
      texts.addProperty(claim.getKey(), text(claim.getKey(), claim.getValue()));
    }
    return texts;
  }

  private static String text(String name, JsonElement value) {
    if (value instanceof JsonArray array) {
      return array.asList().stream()
          .map(each -> each.isJsonPrimitive() ? each.getAsString() : each.toString())
          .collect(Collectors.joining(","));
    }
    if (!value.isJsonPrimitive()) {
      return value.toString();
    }
    return DATES.contains(name) && value.getAsJsonPrimitive().isNumber()
        ? DATE.format(Instant.ofEpochSecond(value.getAsLong()))
        : value.getAsString();
  }
}
