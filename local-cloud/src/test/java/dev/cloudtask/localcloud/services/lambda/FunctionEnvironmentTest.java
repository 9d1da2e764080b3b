package dev.cloudtask.localcloud.services.lambda;

import static dev.cloudtask.localcloud.services.lambda.FunctionBench.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.cloudtask.functions.Scenes;
import dev.cloudtask.localcloud.Fact;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What functions find around them, and that nothing of them is left behind. */
class FunctionEnvironmentTest {
  /** What the platform sets, and this cloud's one addition. */
  private static final Set<String> PLATFORM =
      Set.of(
          "AWS_REGION",
          "AWS_DEFAULT_REGION",
          "AWS_ACCESS_KEY_ID",
          "AWS_SECRET_ACCESS_KEY",
          "AWS_SESSION_TOKEN",
          "AWS_EXECUTION_ENV",
          "AWS_LAMBDA_FUNCTION_NAME",
          "AWS_LAMBDA_FUNCTION_VERSION",
          "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
          "AWS_LAMBDA_INITIALIZATION_TYPE",
          "AWS_LAMBDA_LOG_GROUP_NAME",
          "AWS_LAMBDA_LOG_STREAM_NAME",
          "AWS_LAMBDA_RUNTIME_API",
          "_HANDLER",
          "LAMBDA_TASK_ROOT",
          "LAMBDA_RUNTIME_DIR",
          "TZ",
          "LANG",
          "PATH",
          "LD_LIBRARY_PATH",
          "AWS_XRAY_CONTEXT_MISSING",
          "AWS_XRAY_DAEMON_ADDRESS",
          "_AWS_XRAY_DAEMON_ADDRESS",
          "_AWS_XRAY_DAEMON_PORT",
          "_LAMBDA_TELEMETRY_LOG_FD",
          "AWS_ENDPOINT_URL");

  @Test
  @Fact("LAM-024")
  void environment_isAwssAndTheFunctionsOwn_nothingOfTheUsers() {
    try (FunctionBench bench = new FunctionBench()) {
      bench.create(
          "scenes",
          Scenes.class.getName(),
          request -> request.environment(e -> e.variables(Map.of("TABLE_NAME", "Täsks"))));
      JsonObject seen = json(bench.play("scenes", "environment")).getAsJsonObject();
      assertThat(seen.keySet()).containsAll(PLATFORM).contains("TABLE_NAME");
      assertThat(seen.keySet()).hasSize(PLATFORM.size() + 1);
      assertThat(seen.get("TABLE_NAME").getAsString()).isEqualTo("Täsks");
      assertThat(seen.get("AWS_EXECUTION_ENV").getAsString()).isEqualTo("AWS_Lambda_java21");
      assertThat(seen.get("LAMBDA_TASK_ROOT").getAsString()).isEqualTo("/var/task");
      assertThat(seen.get("TZ").getAsString()).isEqualTo(":UTC");
      assertThat(seen.get("AWS_ACCESS_KEY_ID").getAsString()).startsWith("ASIA");
      assertThat(seen.get("AWS_ENDPOINT_URL").getAsString())
          .isEqualTo(bench.cloud().endpoint().toString());

      JsonObject machine = json(bench.play("scenes", "machine")).getAsJsonObject();
      assertThat(machine.get("home").getAsString()).isNotEqualTo(System.getProperty("user.home"));
      assertThat(machine.get("homeFiles").getAsInt()).isZero();
      assertThat(machine.get("timeZone").getAsString()).isEqualTo("UTC");
      assertThat(machine.get("charset").getAsString()).isEqualTo("UTF-8");
      assertThat(machine.get("fileNames").getAsString()).isEqualTo("UTF-8");
      assertThat(machine.get("heapMb").getAsInt()).isBetween(190, 218);
      assertThat(machine.get("classPath").getAsString())
          .doesNotContain("test-classes")
          .doesNotContain("httpcore")
          .doesNotContain("h2-mvstore");
    }
  }

  @Test
  void close_leavesNoProcessBehind() {
    long pid;
    try (FunctionBench bench = new FunctionBench()) {
      bench.create("scenes", Scenes.class);
      pid = json(bench.play("scenes", "machine")).getAsJsonObject().get("pid").getAsLong();
      assertThat(ProcessHandle.of(pid)).isPresent();
    }
    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void kill9OfTheCloud_leavesNoProcessBehind() throws Exception {
    Process cloud =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    CloudProcess.class.getName()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      String line = cloud.inputReader().readLine();
      long function = Long.parseLong(line.strip());
      Optional<ProcessHandle> child = ProcessHandle.of(function);
      assertThat(child).isPresent();
      List<ProcessHandle> children = cloud.descendants().toList();
      cloud.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
      Instant deadline = Instant.now().plus(Duration.ofSeconds(20));
      while (children.stream().anyMatch(ProcessHandle::isAlive)
          && Instant.now().isBefore(deadline)) {
        Thread.onSpinWait();
      }
      assertThat(children).isNotEmpty().noneMatch(ProcessHandle::isAlive);
    } finally {
      cloud.destroyForcibly();
    }
  }
}
