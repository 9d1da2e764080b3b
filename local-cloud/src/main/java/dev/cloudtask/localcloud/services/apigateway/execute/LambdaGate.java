package dev.cloudtask.localcloud.services.apigateway.execute;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSyntaxException;
import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.iam.AccessRequest;
import dev.cloudtask.localcloud.iam.Caller;
import dev.cloudtask.localcloud.iam.Evaluator;
import dev.cloudtask.localcloud.iam.Identity;
import dev.cloudtask.localcloud.iam.MalformedPolicyException;
import dev.cloudtask.localcloud.iam.PolicyDocument;
import dev.cloudtask.localcloud.iam.PolicyKind;
import dev.cloudtask.localcloud.iam.Verdict;
import dev.cloudtask.localcloud.ports.FunctionInvoker;
import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.services.apigateway.model.Authorizer;
import dev.cloudtask.localcloud.trace.Span;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/**
 * Asks a function whether a request may pass, and judges by the policy that it returns.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html">Use
 *     API Gateway Lambda authorizers</a>
 */
final class LambdaGate {
  private static final int TIMEOUT_MILLIS = 29_000;

  private final CloudEnvironment environment;
  private final Functions functions;
  private final DecisionCache cache;

  LambdaGate(CloudEnvironment environment, Functions functions, DecisionCache cache) {
    this.environment = environment;
    this.functions = functions;
    this.cache = cache;
  }

  /** Returns what {@code requestContext.authorizer} will hold. */
  JsonObject check(Exchange exchange, Authorizer authorizer, Span span) {
    String identity = identity(exchange, authorizer);
    JsonObject output = output(exchange, authorizer, identity, span);
    checkPolicy(exchange, output, span);
    JsonObject context = new JsonObject();
    if (output.get("context") instanceof JsonObject given) {
      given.entrySet().forEach(entry -> context.add(entry.getKey(), contextValue(entry)));
    }
    context.addProperty("principalId", output.get("principalId").getAsString());
    context.addProperty("integrationLatency", 0);
    return context;
  }

  /** Returns the values of the identity sources; the token itself for a TOKEN authorizer. */
  private static String identity(Exchange exchange, Authorizer authorizer) {
    String sources = authorizer.identitySource();
    List<String> values = new ArrayList<>();
    if (sources != null) {
      for (String source : sources.split(",")) {
        String value = Sources.value(exchange, source.strip()).orElse("");
        if (value.isEmpty() && (isToken(authorizer) || authorizer.ttlSeconds() > 0)) {
          throw GatewayFault.unauthorized("the request has no " + source.strip());
        }
        values.add(value);
      }
    }
    String expression = authorizer.identityValidationExpression();
    if (isToken(authorizer)
        && expression != null
        && !expression.isEmpty()
        && !values.get(0).matches(expression)) {
      throw GatewayFault.unauthorized(
          "the token does not match the identity validation expression " + expression);
    }
    return String.join("\n", values);
  }

  private JsonObject output(Exchange exchange, Authorizer authorizer, String identity, Span span) {
    String key =
        String.join(
            "\n",
            exchange.live().id(),
            exchange.stage().stageName(),
            exchange.deploymentId(),
            authorizer.id(),
            identity);
    Optional<JsonObject> kept = authorizer.ttlSeconds() > 0 ? cache.get(key) : Optional.empty();
    span.note("cached", kept.isPresent());
    if (kept.isPresent()) {
      return kept.get();
    }
    JsonObject output = ask(exchange, authorizer, identity, span);
    if (authorizer.ttlSeconds() > 0) {
      cache.put(key, output, authorizer.ttlSeconds());
    }
    return output;
  }

  private JsonObject ask(Exchange exchange, Authorizer authorizer, String identity, Span span) {
    JsonObject event = new JsonObject();
    event.addProperty("type", authorizer.type());
    event.addProperty("methodArn", exchange.methodArn(exchange.rawPath()));
    if (isToken(authorizer)) {
      event.addProperty("authorizationToken", identity);
    } else {
      ProxyEvent.request(exchange).entrySet().forEach(e -> event.add(e.getKey(), e.getValue()));
      event.add("requestContext", RequestContext.of(exchange));
    }
    FunctionInvoker.Result result;
    try {
      result =
          functions.invoke(
              exchange,
              String.valueOf(authorizer.authorizerUri()),
              authorizer.authorizerCredentials(),
              environment.arn(
                  "execute-api", exchange.live().id() + "/authorizers/" + authorizer.id()),
              ProxyEvent.json(event),
              TIMEOUT_MILLIS,
              span);
    } catch (TimeoutException e) {
      throw GatewayFault.authorizerFailure("the authorizer's function took too long");
    } catch (AwsException e) {
      throw GatewayFault.authorizerMisconfigured(
          "Execution failed due to configuration error: Invalid permissions on Lambda function ("
              + e.message()
              + ")");
    }
    String text = new String(result.payload(), StandardCharsets.UTF_8);
    if (result.functionError().isPresent()) {
      if (errorMessage(text).equals("Unauthorized")) {
        throw GatewayFault.unauthorized("the authorizer's function threw \"Unauthorized\"");
      }
      throw GatewayFault.authorizerFailure("the authorizer's function failed: " + text);
    }
    return checkedOutput(text);
  }

  private static JsonObject checkedOutput(String text) {
    try {
      if (JsonParser.parseString(text) instanceof JsonObject output
          && output.get("principalId") != null
          && output.get("principalId").isJsonPrimitive()
          && output.get("policyDocument") instanceof JsonObject) {
        if (output.get("context") instanceof JsonObject context) {
          for (Map.Entry<String, JsonElement> entry : context.entrySet()) {
            if (entry.getValue().isJsonObject() || entry.getValue().isJsonArray()) {
              throw GatewayFault.authorizerMisconfigured(
                  "Invalid JSON in response: context." + entry.getKey() + " must be a plain value");
            }
          }
        }
        return output;
      }
    } catch (JsonSyntaxException e) {
      throw GatewayFault.authorizerMisconfigured("Invalid JSON in response: " + text);
    }
    throw GatewayFault.authorizerMisconfigured(
        "Execution failed due to configuration error: the authorizer's function must return"
            + " principalId and policyDocument; it returned "
            + text);
  }

  private void checkPolicy(Exchange exchange, JsonObject output, Span span) {
    Caller user = new Caller.User(environment.accountId(), output.get("principalId").getAsString());
    PolicyDocument document;
    try {
      document = PolicyDocument.parse(output.get("policyDocument").toString(), PolicyKind.INLINE);
    } catch (MalformedPolicyException e) {
      throw GatewayFault.authorizerMisconfigured(
          "Execution failed due to configuration error: Invalid policy document: "
              + e.getMessage());
    }
    Verdict verdict =
        Evaluator.decide(
            AccessRequest.of(user, "execute-api:Invoke", exchange.methodArn(exchange.rawPath())),
            Identity.of(
                user.arn(),
                List.of(new Identity.NamedPolicy("the authorizer's policy", document))));
    span.decide(verdict.allowed(), verdict.reason());
    if (!verdict.allowed()) {
      boolean explicit = verdict.message().contains("explicit deny");
      throw GatewayFault.accessDenied(
          "User is not authorized to access this resource"
              + (explicit ? " with an explicit deny" : ""),
          verdict.reason());
    }
  }

  private static JsonElement contextValue(Map.Entry<String, JsonElement> entry) {
    return entry.getValue().isJsonNull()
        ? entry.getValue()
        : new JsonPrimitive(entry.getValue().getAsString());
  }

  private static String errorMessage(String payload) {
    try {
      return JsonParser.parseString(payload) instanceof JsonObject error
              && error.get("errorMessage") != null
              && error.get("errorMessage").isJsonPrimitive()
          ? error.get("errorMessage").getAsString()
          : "";
    } catch (JsonSyntaxException e) {
      return "";
    }
  }

  private static boolean isToken(Authorizer authorizer) {
    return authorizer.type().equals("TOKEN");
  }
}
