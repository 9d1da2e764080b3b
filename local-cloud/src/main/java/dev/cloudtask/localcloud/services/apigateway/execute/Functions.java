package dev.cloudtask.localcloud.services.apigateway.execute;

import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.iam.Caller;
import dev.cloudtask.localcloud.ports.FunctionInvoker;
import dev.cloudtask.localcloud.ports.RoleSessions;
import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.services.apigateway.model.FunctionUri;
import dev.cloudtask.localcloud.trace.Span;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Invokes functions in the gateway's name, and waits no longer than it may. */
final class Functions implements AutoCloseable {
  static final String SERVICE = "apigateway.amazonaws.com";
  private static final Duration SESSION = Duration.ofHours(1);

  private final CloudEnvironment environment;
  private final FunctionInvoker invoker;
  private final RoleSessions roles;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "api-integration");
            thread.setDaemon(true);
            return thread;
          });

  Functions(CloudEnvironment environment, FunctionInvoker invoker, RoleSessions roles) {
    this.environment = environment;
    this.invoker = invoker;
    this.roles = roles;
  }

  /**
   * Invokes a function. One that takes too long runs on, unheard.
   *
   * @param credentials the role to invoke with, or null for the gateway's own name
   * @param sourceArn what the function's permission must name
   * @throws AwsException if Lambda refuses
   */
  FunctionInvoker.Result invoke(
      Exchange exchange,
      String uri,
      @Nullable String credentials,
      String sourceArn,
      byte[] payload,
      int timeoutMillis,
      Span span)
      throws TimeoutException {
    String functionArn = FunctionUri.parse(uri).orElseThrow().resolve(exchange.stageVariables());
    Caller caller = caller(credentials, sourceArn);
    span.note("function", functionArn).note("sourceArn", sourceArn);
    Future<FunctionInvoker.Result> running =
        threads.submit(() -> invoker.invoke(caller, functionArn, payload, span));
    try {
      return running.get(timeoutMillis, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AwsException refused) {
        throw refused;
      }
      throw new IllegalStateException("the function could not be invoked", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TimeoutException("interrupted");
    }
  }

  private Caller caller(@Nullable String credentials, String sourceArn) {
    if (credentials == null || credentials.isEmpty()) {
      return new Caller.Service(SERVICE, sourceArn, environment.accountId());
    }
    return roles
        .assumeAsService(credentials, SERVICE, "BackplaneAssumeRoleSession", SESSION)
        .owner();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
