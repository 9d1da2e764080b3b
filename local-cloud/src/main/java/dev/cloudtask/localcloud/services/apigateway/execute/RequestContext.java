package dev.cloudtask.localcloud.services.apigateway.execute;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.cloudtask.localcloud.http.PercentEncoding;
import dev.cloudtask.localcloud.iam.Caller;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** The {@code requestContext} of events, which is also {@code $context} of templates and logs. */
final class RequestContext {
  private static final DateTimeFormatter REQUEST_TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final List<String> IDENTITY =
      List.of(
          "cognitoIdentityPoolId",
          "accountId",
          "cognitoIdentityId",
          "caller",
          "sourceIp",
          "principalOrgId",
          "accessKey",
          "cognitoAuthenticationType",
          "cognitoAuthenticationProvider",
          "userArn",
          "userAgent",
          "user");

  private RequestContext() {}

  static JsonObject of(Exchange exchange) {
    JsonObject context = new JsonObject();
    exchange.found().ifPresent(r -> context.addProperty("resourceId", r.resource().id()));
    exchange.authorizer().ifPresent(authorizer -> context.add("authorizer", authorizer));
    exchange.found().ifPresent(r -> context.addProperty("resourcePath", r.resource().path()));
    context.addProperty("httpMethod", exchange.httpMethod());
    context.addProperty("extendedRequestId", exchange.extendedRequestId());
    Instant at = exchange.call().at();
    context.addProperty("requestTime", REQUEST_TIME.format(at));
    context.addProperty(
        "path", "/" + exchange.stage().stageName() + PercentEncoding.decode(exchange.rawPath()));
    context.addProperty("accountId", exchange.environment().accountId());
    context.addProperty("protocol", "HTTP/1.1");
    context.addProperty("stage", exchange.stage().stageName());
    String host = exchange.call().awsHost();
    context.addProperty("domainPrefix", host.substring(0, host.indexOf('.')));
    context.addProperty("requestTimeEpoch", at.toEpochMilli());
    context.addProperty("requestId", exchange.call().requestId());
    context.add("identity", identity(exchange));
    context.addProperty("domainName", host);
    context.addProperty("deploymentId", exchange.deploymentId());
    context.addProperty("apiId", exchange.live().id());
    return context;
  }

  /** Everything is there, and null unless it is known. */
  private static JsonObject identity(Exchange exchange) {
    JsonObject identity = new JsonObject();
    IDENTITY.forEach(name -> identity.add(name, JsonNull.INSTANCE));
    identity.addProperty("sourceIp", exchange.call().http().connection().remoteAddress());
    exchange
        .headers()
        .first("User-Agent")
        .ifPresent(agent -> identity.add("userAgent", new JsonPrimitive(agent)));
    boolean signed =
        exchange.found().filter(r -> r.method().authorizationType().equals("AWS_IAM")).isPresent();
    Caller caller = exchange.call().caller();
    if (signed && !(caller instanceof Caller.Anonymous)) {
      identity.addProperty("accountId", exchange.environment().accountId());
      identity.addProperty("userArn", caller.arn());
      if (caller instanceof Caller.AssumedRole role) {
        identity.addProperty("caller", role.roleId() + ":" + role.sessionName());
        identity.addProperty("user", role.roleId() + ":" + role.sessionName());
      } else if (caller instanceof Caller.User user) {
        identity.addProperty("caller", user.userName());
        identity.addProperty("user", user.userName());
      } else {
        identity.addProperty("caller", exchange.environment().accountId());
        identity.addProperty("user", exchange.environment().accountId());
      }
    }
    return identity;
  }
}
