package dev.cloudtask.localcloud.services.lambda.execution;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.http.HttpHeaders;
import dev.cloudtask.localcloud.http.HttpRequest;
import dev.cloudtask.localcloud.http.HttpResponse;
import dev.cloudtask.localcloud.http.HttpServer;
import dev.cloudtask.localcloud.http.RequestBody;
import dev.cloudtask.localcloud.services.lambda.execution.RuntimeSession.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The Lambda Runtime API, on one loopback port for all processes. Each has a secret first segment
 * of the path, so that no other process on this machine can take its work or answer for it.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Using the Lambda
 *     runtime API</a>
 */
final class RuntimeApiServer implements AutoCloseable {
  /** The largest result, in bytes: 6 MB and a little, as AWS's own message says. */
  static final int MAX_RESULT = 6 * 1024 * 1024 + 100;

  private static final String VERSION = "2018-06-01";

  private final Map<String, RuntimeSession> sessions = new ConcurrentHashMap<>();
  private final HttpServer server;

  RuntimeApiServer(HttpServer.Factory servers) {
    try {
      this.server = servers.start(0, null, this::handle);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on 127.0.0.1 for the Lambda Runtime API", e);
    }
  }

  /** Opens a session; returns what the process finds in {@code AWS_LAMBDA_RUNTIME_API}. */
  String open(String secret, RuntimeSession session) {
    sessions.put(secret, session);
    return "127.0.0.1:" + server.port() + "/" + secret;
  }

  /** Forgets a session. */
  void forget(String secret) {
    sessions.remove(secret);
  }

  @Override
  public void close() {
    sessions.values().forEach(session -> session.close(new Outcome.Exited(new Exit(137))));
    server.close();
  }

  private HttpResponse handle(HttpRequest request) {
    String[] parts = request.rawPath().split("/", -1); // "", secret, version, "runtime", ...
    if (parts.length < 5 || !parts[2].equals(VERSION) || !parts[3].equals("runtime")) {
      return failure(404, "ResourceNotFound", "There is no such resource in the Runtime API");
    }
    RuntimeSession session = sessions.get(parts[1]);
    if (session == null) {
      return failure(403, "Forbidden", "This is the Runtime API of another process");
    }
    String resource = String.join("/", List.of(parts).subList(4, parts.length));
    if (request.method().equals("GET") && resource.equals("invocation/next")) {
      return next(session);
    }
    if (request.method().equals("POST") && resource.equals("init/error")) {
      return session.failInit(errorType(request), request.body().bytes())
          ? accepted()
          : failure(
              403, "InvalidStateTransition", "Transition from Ready to InitError is not allowed");
    }
    if (request.method().equals("POST") && parts.length == 7 && parts[4].equals("invocation")) {
      return report(session, parts[5], parts[6], request);
    }
    return failure(404, "ResourceNotFound", "There is no such resource in the Runtime API");
  }

  private static HttpResponse next(RuntimeSession session) {
    Optional<RuntimeSession.Work> found = session.next();
    if (found.isEmpty()) {
      return failure(
          403, "InvalidStateTransition", "Transition from Running to Ready is not allowed");
    }
    RuntimeSession.Work work = found.get();
    List<HttpHeaders.Field> headers = new ArrayList<>();
    headers.add(new HttpHeaders.Field("Content-Type", "application/json"));
    headers.add(new HttpHeaders.Field("Lambda-Runtime-Aws-Request-Id", work.requestId()));
    headers.add(
        new HttpHeaders.Field("Lambda-Runtime-Deadline-Ms", String.valueOf(work.deadlineMillis())));
    headers.add(new HttpHeaders.Field("Lambda-Runtime-Invoked-Function-Arn", work.functionArn()));
    headers.add(new HttpHeaders.Field("Lambda-Runtime-Trace-Id", work.traceId()));
    work.clientContext()
        .ifPresent(
            context ->
                headers.add(new HttpHeaders.Field("Lambda-Runtime-Client-Context", context)));
    return new HttpResponse(200, HttpHeaders.of(headers), new HttpResponse.Bytes(work.event()));
  }

  private static HttpResponse report(
      RuntimeSession session, String requestId, String kind, HttpRequest request) {
    Outcome outcome;
    HttpResponse answer = accepted();
    if (kind.equals("response")) {
      try {
        outcome = new Outcome.Result(request.body().bytes(MAX_RESULT));
      } catch (RequestBody.TooLargeException e) {
        outcome = new Outcome.TooLarge();
        answer =
            failure(
                413,
                "RequestEntityTooLarge",
                "Exceeded maximum allowed payload size (" + MAX_RESULT + " bytes).");
      }
    } else if (kind.equals("error")) {
      outcome = new Outcome.Failed(errorType(request), request.body().bytes());
    } else {
      return failure(404, "ResourceNotFound", "There is no such resource in the Runtime API");
    }
    return session.report(requestId, outcome)
        ? answer
        : failure(400, "InvalidRequestID", "Invalid request ID");
  }

  private static String errorType(HttpRequest request) {
    return request.header("Lambda-Runtime-Function-Error-Type").orElse("Runtime.Unknown");
  }

  private static HttpResponse accepted() {
    return HttpResponse.of(202, "application/json", "{\"status\":\"OK\"}");
  }

  private static HttpResponse failure(int status, String type, String message) {
    JsonObject body = new JsonObject();
    body.addProperty("errorMessage", message);
    body.addProperty("errorType", type);
    return HttpResponse.of(status, "application/json", body.toString());
  }
}
