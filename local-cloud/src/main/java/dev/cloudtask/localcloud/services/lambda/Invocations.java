package dev.cloudtask.localcloud.services.lambda;

import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.services.lambda.execution.ExecutionEnvironments;
import dev.cloudtask.localcloud.services.lambda.execution.InvocationRequest;
import dev.cloudtask.localcloud.services.lambda.execution.InvocationResult;
import dev.cloudtask.localcloud.trace.Span;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Runs invocations, within the limits that a function has on calls at once. */
final class Invocations {
  private final CloudEnvironment cloud;
  private final Functions functions;
  private final ExecutionEnvironments environments;
  private final Map<String, Integer> running = new HashMap<>();

  Invocations(CloudEnvironment cloud, Functions functions, ExecutionEnvironments environments) {
    this.cloud = cloud;
    this.functions = functions;
    this.environments = environments;
  }

  /**
   * Runs one invocation and waits for its end.
   *
   * @throws dev.cloudtask.localcloud.protocol.AwsException if there is no such function, it is not
   *     ready, or it has as many calls at once as it may
   */
  InvocationResult invoke(
      FunctionRef function,
      String requestId,
      byte[] event,
      Optional<String> clientContext,
      Span parent) {
    FunctionVersion version = requireInvocable(function);
    try (Span span = parent.child("lambda", "Invoke function")) {
      span.note("function", function.name()).note("version", version.version());
      note(version, span);
      enter(function);
      try {
        return environments.invoke(
            functions.spec(version),
            new InvocationRequest(requestId, function.qualifiedArn(cloud), event, clientContext),
            span);
      } finally {
        leave(function);
      }
    }
  }

  /** Returns the version an invocation would run; fails if it cannot be invoked now. */
  FunctionVersion requireInvocable(FunctionRef function) {
    FunctionVersion version = functions.store().requireVersion(function);
    if (!version.status().state().equals("Active")) {
      throw LambdaErrors.notActive(version.status().state());
    }
    return version;
  }

  private static void note(FunctionVersion version, Span span) {
    String named = version.settings().runtime();
    int here = Runtime.version().feature();
    if (named.startsWith("java") && Integer.parseInt(named.substring(4)) > here) {
      span.note(
          "runtime",
          named
              + " is named, Java "
              + here
              + " ("
              + System.getProperty("java.version")
              + ") runs it: it is what local-cloud itself runs on");
    }
  }

  private void enter(FunctionRef function) {
    int reserved = functions.store().require(function).reservedConcurrency();
    synchronized (running) {
      int now = running.getOrDefault(function.name(), 0);
      if (reserved != FunctionEntry.UNRESERVED && now >= reserved) {
        throw LambdaErrors.reservedConcurrencyUsed();
      }
      running.put(function.name(), now + 1);
    }
  }

  private void leave(FunctionRef function) {
    synchronized (running) {
      running.merge(function.name(), -1, Integer::sum);
      running.remove(function.name(), 0);
    }
  }
}
