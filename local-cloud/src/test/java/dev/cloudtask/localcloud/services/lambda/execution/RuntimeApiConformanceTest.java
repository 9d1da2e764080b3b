package dev.cloudtask.localcloud.services.lambda.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import dev.cloudtask.functions.FailsToStart;
import dev.cloudtask.functions.Scenes;
import dev.cloudtask.lambdaruntime.Deadline;
import dev.cloudtask.localcloud.http.CoreHttpServer;
import dev.cloudtask.localcloud.services.lambda.execution.RuntimeSession.Outcome;
import java.io.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Our Runtime API with Amazon's own client of it, which brings native code for Linux only; and with
 * somebody who has no business there.
 */
@EnabledOnOs(OS.LINUX)
class RuntimeApiConformanceTest {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";

  private final RuntimeApiServer server = new RuntimeApiServer(CoreHttpServer::start);
  private final RuntimeSession session = new RuntimeSession();
  private final String address = server.open(SECRET, session);

  @TempDir private Path folder;

  @AfterEach
  void close() {
    server.close();
  }

  private Process start(Class<?> handler) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                AWSLambda.class.getName(),
                handler.getName()));
    builder.directory(folder.toFile()).redirectErrorStream(true);
    builder.redirectOutput(new File(folder.toFile(), "output"));
    builder.environment().clear();
    builder
        .environment()
        .putAll(
            Map.of(
                "AWS_LAMBDA_RUNTIME_API", address,
                "AWS_LAMBDA_FUNCTION_NAME", "conforms",
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256",
                "AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/conforms"));
    return builder.start();
  }

  private Outcome call(String id, String event) throws Exception {
    return session
        .dispatch(
            new RuntimeSession.Work(
                id,
                "arn:aws:lambda:us-east-1:000000000000:function:conforms",
                Deadline.in(10_000),
                "Root=1-0-0",
                Optional.empty(),
                event.getBytes(StandardCharsets.UTF_8)))
        .get(30, TimeUnit.SECONDS);
  }

  @Test
  void amazonsClient_takesWorkAndReports() throws Exception {
    Process function = start(Scenes.class);
    try {
      assertThat(session.initialised().get(60, TimeUnit.SECONDS)).isEqualTo(new Outcome.Ready());
      Outcome context = call("id-1", "{\"scene\":\"context\"}");
      assertThat(context).isInstanceOf(Outcome.Result.class);
      assertThat(new String(((Outcome.Result) context).payload(), StandardCharsets.UTF_8))
          .contains("\"requestId\":\"id-1\"", "\"functionName\":\"conforms\"");
      Outcome failure = call("id-2", "{\"scene\":\"message\"}");
      assertThat(failure).isInstanceOf(Outcome.Failed.class);
      assertThat(new String(((Outcome.Failed) failure).payload(), StandardCharsets.UTF_8))
          .contains("\"errorType\":\"java.lang.RuntimeException\"", "Error: some_error_msg");
      assertThat(call("id-3", "{\"scene\":\"large\"}")).isEqualTo(new Outcome.TooLarge());
    } finally {
      function.destroyForcibly();
    }
  }

  @Test
  void amazonsClient_reportsThatInitFailed() throws Exception {
    Process function = start(FailsToStart.class);
    try {
      Outcome outcome = session.initialised().get(60, TimeUnit.SECONDS);
      assertThat(outcome).isInstanceOf(Outcome.Failed.class);
      assertThat(new String(((Outcome.Failed) outcome).payload(), StandardCharsets.UTF_8))
          .contains("TABLE_NAME is not set");
    } finally {
      function.destroyForcibly();
    }
  }

  @Test
  void strangers_getNothing() throws Exception {
    String port = address.substring(0, address.indexOf('/'));
    for (String path :
        List.of(
            "/2018-06-01/runtime/invocation/next",
            "/ffffffffffffffffffffffffffffffff/2018-06-01/runtime/invocation/next")) {
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create("http://" + port + path)).build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isBetween(403, 404);
    }
    assertThat(session.initialised()).isNotDone();
  }
}
