package dev.cloudtask.localcloud.services.apigateway.execute;

import dev.cloudtask.localcloud.digest.Sha256;
import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.iam.AccessRequest;
import dev.cloudtask.localcloud.iam.Caller;
import dev.cloudtask.localcloud.iam.Verdict;
import dev.cloudtask.localcloud.ports.TokenVerifier;
import dev.cloudtask.localcloud.services.apigateway.model.Authorizer;
import dev.cloudtask.localcloud.services.apigateway.model.Method;
import dev.cloudtask.localcloud.trace.Span;
import java.util.Base64;
import java.util.Optional;

/** Lets a request pass to its method, or not. */
final class Gate {
  private final CognitoGate cognito;
  private final LambdaGate lambda;
  private final dev.cloudtask.localcloud.ports.Authorizer iam;
  private final DecisionCache cache;

  Gate(
      CloudEnvironment environment,
      TokenVerifier tokens,
      Functions functions,
      dev.cloudtask.localcloud.ports.Authorizer iam) {
    this.cognito = new CognitoGate(tokens);
    this.cache = new DecisionCache(environment.clock());
    this.lambda = new LambdaGate(environment, functions, cache);
    this.iam = iam;
  }

  void check(Exchange exchange) {
    Method method = exchange.route().method();
    try (Span span = exchange.span().child("apigateway", "Authorize")) {
      span.note("type", method.authorizationType());
      try {
        checkPolicy(exchange, span);
        switch (method.authorizationType()) {
          case "NONE" -> span.decide(true, "the method asks for no authorization");
          case "AWS_IAM" -> checkSigned(exchange, span);
          default -> ask(exchange, authorizer(exchange, method), span);
        }
      } catch (GatewayFault fault) {
        span.decide(false, fault.reason());
        throw fault;
      }
    }
  }

  /** Asks one authorizer, whatever the method. */
  void ask(Exchange exchange, Authorizer authorizer, Span span) {
    span.note("authorizer", authorizer.name());
    if (authorizer.type().equals("COGNITO_USER_POOLS")) {
      exchange.authorizer(cognito.check(exchange, authorizer));
      span.decide(true, "the token is good");
    } else {
      exchange.authorizer(lambda.check(exchange, authorizer, span));
    }
  }

  void forget(String apiId, String stageName) {
    cache.forget(apiId, stageName);
  }

  private static Authorizer authorizer(Exchange exchange, Method method) {
    Authorizer authorizer = exchange.api().authorizers().get(String.valueOf(method.authorizerId()));
    if (authorizer == null) {
      throw GatewayFault.authorizerMisconfigured(
          "the deployment has no authorizer " + method.authorizerId());
    }
    return authorizer;
  }

  /** An API's own policy counts before anything else. */
  private void checkPolicy(Exchange exchange, Span span) {
    String policy = exchange.api().restApi().policy();
    if (policy == null || policy.isBlank()) {
      return;
    }
    String arn = exchange.methodArn(exchange.rawPath());
    String whole = policy.replace("\"execute-api:/", "\"" + wholeApi(exchange, arn) + "/");
    Verdict verdict =
        iam.decide(
            AccessRequest.of(exchange.call().caller(), "execute-api:Invoke", arn)
                .withResourcePolicy(Optional.of(whole)),
            span);
    if (!verdict.allowed()) {
      throw GatewayFault.accessDenied(verdict.message(), verdict.reason());
    }
  }

  private static String wholeApi(Exchange exchange, String methodArn) {
    return methodArn.substring(0, methodArn.indexOf(exchange.live().id())) + exchange.live().id();
  }

  private void checkSigned(Exchange exchange, Span span) {
    if (exchange.call().caller() instanceof Caller.Anonymous) {
      throw unsigned(exchange, "the method asks for a signed request (AWS_IAM)");
    }
    Verdict verdict =
        iam.decide(
            AccessRequest.of(
                exchange.call().caller(),
                "execute-api:Invoke",
                exchange.methodArn(exchange.rawPath())),
            span);
    span.decide(verdict.allowed(), verdict.reason());
    if (!verdict.allowed()) {
      throw GatewayFault.accessDenied(verdict.message(), verdict.reason());
    }
  }

  /**
   * Returns the fault for a request that would have to be signed: one without an Authorization
   * header lacks a token, one with something else in it has a signature that cannot be read.
   */
  static GatewayFault unsigned(Exchange exchange, String reason) {
    String header = exchange.headers().first("Authorization").orElse("");
    if (header.isEmpty()) {
      return GatewayFault.noRoute(reason);
    }
    if (header.startsWith("AWS4-HMAC-SHA256") && header.contains("Signature=")) {
      return GatewayFault.accessDenied(
          "The security token included in the request is invalid.", reason);
    }
    return GatewayFault.incompleteSignature(
        "Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256"
            + " and encoded with Base64): '"
            + hash(header)
            + "'.",
        reason);
  }

  private static String hash(String text) {
    return Base64.getEncoder().encodeToString(Sha256.of(text));
  }
}
