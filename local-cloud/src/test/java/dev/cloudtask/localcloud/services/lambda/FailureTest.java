package dev.cloudtask.localcloud.services.lambda;

import static dev.cloudtask.localcloud.services.lambda.FunctionBench.json;
import static dev.cloudtask.localcloud.services.lambda.FunctionBench.log;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.cloudtask.functions.Echo;
import dev.cloudtask.functions.FailsToStart;
import dev.cloudtask.functions.Methods;
import dev.cloudtask.functions.Scenes;
import dev.cloudtask.localcloud.Fact;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/** Functions that go wrong: callers get what AWS answers, and the cloud goes on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FailureTest {
  private final FunctionBench bench = new FunctionBench();

  @BeforeAll
  void deploy() {
    bench.create("echo", Echo.class);
    bench.create("scenes", Scenes.class);
  }

  @AfterAll
  void close() {
    bench.close();
  }

  @Test
  @Fact("LAM-007")
  void invoke_functionLoops_isTimedOutAndItsFilesStay() {
    bench.create("slow", Scenes.class.getName(), request -> request.timeout(5));
    assertThat(json(bench.play("slow", "count")).getAsInt()).isEqualTo(1);
    InvokeResponse response = bench.play("slow", "loop");
    String id = response.responseMetadata().requestId();
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.functionError()).isEqualTo("Unhandled");
    JsonObject error = json(response).getAsJsonObject();
    assertThat(error.get("errorType").getAsString()).isEqualTo("Sandbox.Timedout");
    assertThat(error.get("errorMessage").getAsString())
        .isEqualTo("RequestId: " + id + " Error: Task timed out after 5.00 seconds");
    assertThat(log(response))
        .containsPattern(
            "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z "
                + id
                + " Task timed out after 5\\.00 seconds\n\n")
        .contains("Duration: 5000.00 ms\tBilled Duration: 5000 ms")
        .contains("Status: timeout");
    assertThat(json(bench.play("slow", "file")).getAsString()).isEqualTo("still here");
    assertThat(json(bench.play("slow", "count")).getAsInt()).isEqualTo(1);
    assertThat(bench.invoke("echo", "1").payload().asUtf8String()).isEqualTo("1");
  }

  @ParameterizedTest
  @CsvSource({
    "0, Runtime exited without providing a reason",
    "3, Runtime exited with error: exit status 3"
  })
  @Fact("LAM-008")
  void invoke_functionExits_isAnExitError(String code, String reason) {
    InvokeResponse response =
        bench.invoke("scenes", "{\"scene\":\"exit\",\"code\":\"" + code + "\"}");
    String id = response.responseMetadata().requestId();
    assertThat(response.functionError()).isEqualTo("Unhandled");
    JsonObject error = json(response).getAsJsonObject();
    assertThat(error.get("errorType").getAsString()).isEqualTo("Runtime.ExitError");
    assertThat(error.get("errorMessage").getAsString())
        .isEqualTo("RequestId: " + id + " Error: " + reason);
    assertThat(log(response)).contains("RequestId: " + id + " Error: " + reason);
    assertThat(bench.play("scenes", "count").functionError()).isNull();
  }

  @Test
  void invoke_functionHoardsMemory_runsOutOfItsOwn() {
    bench.create("hoarder", Scenes.class.getName(), request -> request.memorySize(128));
    InvokeResponse response = bench.play("hoarder", "hoard");
    JsonObject error = json(response).getAsJsonObject();
    assertThat(response.functionError()).isEqualTo("Unhandled");
    assertThat(error.get("errorType").getAsString()).isEqualTo("java.lang.OutOfMemoryError");
    assertThat(error.get("errorMessage").getAsString()).isEqualTo("Java heap space");
    assertThat(json(bench.play("hoarder", "count")).getAsInt()).isEqualTo(1);
  }

  @Test
  @Fact("LAM-018")
  void invoke_constructorThrows_failsInitTwiceAndSaysWhy() {
    bench.create("broken", FailsToStart.class);
    InvokeResponse response = bench.invoke("broken", "{}");
    assertThat(response.functionError()).isEqualTo("Unhandled");
    assertThat(json(response).getAsJsonObject().get("errorMessage").getAsString())
        .isEqualTo("TABLE_NAME is not set");
    assertThat(json(response).getAsJsonObject().get("errorType").getAsString())
        .isEqualTo("java.lang.IllegalStateException");
    String report = "INIT_REPORT Init Duration: \\d+\\.\\d\\d ms\tPhase: %s\tStatus: error\tError";
    assertThat(log(response))
        .contains("TABLE_NAME is not set: java.lang.IllegalStateException\n")
        .containsPattern(report.formatted("init") + " Type: Runtime\\.BadFunctionCode\n")
        .containsPattern(report.formatted("invoke") + " Type: Runtime\\.BadFunctionCode\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dev.cloudtask.functions.Missing"
            + "|Class not found: dev.cloudtask.functions.Missing"
            + "|java.lang.ClassNotFoundException",
        "dev.cloudtask.functions.Methods"
            + "|Class does not implement an appropriate handler interface:"
            + " dev.cloudtask.functions.Methods|",
        "dev.cloudtask.functions.Methods::missing"
            + "|No public method named missing with appropriate method signature found on class"
            + " dev.cloudtask.functions.Methods|",
        "dev.cloudtask.functions.Methods::strange"
            + "|No public method named strange with appropriate method signature found on class"
            + " dev.cloudtask.functions.Methods|",
      })
  void invoke_handlerThatIsNotThere_saysSo(String handler, String message, String type) {
    String name = "handler" + Integer.toHexString(handler.hashCode());
    bench.create(name, handler, request -> {});
    JsonObject error = json(bench.invoke(name, "{}")).getAsJsonObject();
    assertThat(error.get("errorMessage").getAsString()).isEqualTo(message);
    assertThat(error.has("errorType") ? error.get("errorType").getAsString() : null)
        .isEqualTo(type);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pojo|{\"title\":\"a\",\"priority\":1}|{\"title\":\"a\",\"priority\":2}",
        "list|[{\"title\":\"first\"}]|\"first method-list\"",
        "overloaded|\"x\"|\"long\"",
        "twice|21|42",
        "streams|[1]|\"3\"",
        "nothing|{}|null",
        "contextOnly|{}|\"$LATEST\"",
      })
  @Fact("LAM-039")
  void invoke_classAndMethod_callsThatMethod(String method, String event, String result) {
    String name = "method-" + method;
    bench.create(name, Methods.class.getName() + "::" + method, request -> {});
    InvokeResponse response = bench.invoke(name, event);
    assertThat(response.payload().asUtf8String()).isEqualTo(result);
    assertThat(response.functionError()).isNull();
  }
}
