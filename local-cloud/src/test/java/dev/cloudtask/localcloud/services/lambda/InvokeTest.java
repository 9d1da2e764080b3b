package dev.cloudtask.localcloud.services.lambda;

import static dev.cloudtask.localcloud.services.lambda.FunctionBench.json;
import static dev.cloudtask.localcloud.services.lambda.FunctionBench.log;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.gson.JsonObject;
import dev.cloudtask.functions.Echo;
import dev.cloudtask.functions.Scenes;
import dev.cloudtask.localcloud.Fact;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.InvalidRequestContentException;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.RequestTooLargeException;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;

/** What callers of functions see, in success and in failure. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InvokeTest {
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
  @Fact("LAM-001")
  void invoke_functionReturns_givesItsResult() {
    InvokeResponse response = bench.invoke("echo", "{\"title\":\"Grüße 👋\"}");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.payload().asUtf8String()).isEqualTo("{\"title\":\"Grüße 👋\"}");
    assertThat(response.executedVersion()).isEqualTo("$LATEST");
    assertThat(response.functionError()).isNull();
  }

  @Test
  @Fact("LAM-002")
  void invoke_eventAndDryRun_answerEmpty() {
    InvokeResponse event =
        bench.lambda().invoke(r -> r.functionName("echo").invocationType(InvocationType.EVENT));
    assertThat(event.statusCode()).isEqualTo(202);
    assertThat(event.payload().asByteArray()).isEmpty();
    assertThat(event.executedVersion()).isNull();
    InvokeResponse dryRun =
        bench.lambda().invoke(r -> r.functionName("echo").invocationType(InvocationType.DRY_RUN));
    assertThat(dryRun.statusCode()).isEqualTo(204);
    assertThat(dryRun.payload().asByteArray()).isEmpty();
    assertThat(dryRun.executedVersion()).isNull();
  }

  @Test
  @Fact("LAM-003")
  void invoke_functionThrows_isUnhandledWithItsTrace() {
    InvokeResponse response = bench.play("scenes", "message");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.functionError()).isEqualTo("Unhandled");
    JsonObject error = json(response).getAsJsonObject();
    assertThat(error.keySet()).containsExactly("errorMessage", "errorType", "stackTrace");
    assertThat(error.get("errorMessage").getAsString()).isEqualTo("Error: some_error_msg");
    assertThat(error.get("errorType").getAsString()).isEqualTo("java.lang.RuntimeException");
    assertThat(log(response))
        .contains(
            """
            Error: some_error_msg: java.lang.RuntimeException
            java.lang.RuntimeException: Error: some_error_msg
            \tat dev.cloudtask.functions.Scenes.play(Scenes.java:""");
  }

  @Test
  @Fact("LAM-004")
  void invoke_exceptionWithCause_nestsTheCause() {
    JsonObject error = json(bench.play("scenes", "throw")).getAsJsonObject();
    assertThat(error.get("errorType").getAsString()).isEqualTo("java.lang.IllegalStateException");
    JsonObject cause = error.getAsJsonObject("cause");
    assertThat(cause.get("errorMessage").getAsString()).isEqualTo("inner");
    assertThat(cause.get("errorType").getAsString()).isEqualTo("java.io.IOException");
    assertThat(error.getAsJsonArray("stackTrace").get(0).getAsString())
        .matches("dev\\.cloudtask\\.functions\\.Scenes\\.play\\(Scenes\\.java:\\d+\\)");
    assertThat(error.getAsJsonArray("stackTrace").toString()).doesNotContain("lambdaruntime");
  }

  @Test
  @Fact("LAM-010")
  void invoke_resultOverSixMegabytes_isRefused() {
    InvokeResponse response = bench.play("scenes", "large");
    assertThat(response.functionError()).isEqualTo("Unhandled");
    assertThat(response.payload().asUtf8String())
        .contains(
            "\"Response payload size exceeded maximum allowed payload size (6291556 bytes).\"")
        .contains("\"Function.ResponseSizeTooLarge\"");
    assertThat(bench.play("scenes", "count").functionError()).isNull();
  }

  @Test
  @Fact({"LAM-016", "LAM-021"})
  void invoke_logTypeTail_givesThePlatformsLinesAndTheFunctionsOwn() {
    InvokeResponse response = bench.play("scenes", "print");
    String id = response.responseMetadata().requestId();
    assertThat(log(response))
        .contains("START RequestId: " + id + " Version: $LATEST\n")
        .contains("out ä\nerr ö\nhalf\none\ntwo\nthrough the runtime\n")
        .containsPattern(
            "END RequestId: "
                + id
                + "\nREPORT RequestId: "
                + id
                + "\tDuration: \\d+\\.\\d\\d ms\tBilled Duration: \\d+ ms\tMemory Size: 256 MB"
                + "\tMax Memory Used: \\d+ MB\t(Init Duration: \\d+\\.\\d\\d ms\t)?\n$");
    assertThat(log(bench.play("scenes", "count"))).doesNotContain("Init Duration");
    assertThat(bench.lambda().invoke(r -> r.functionName("echo")).logResult()).isNull();
  }

  @Test
  @Fact("LAM-025")
  void invoke_context_saysWhatIsKnown() {
    JsonObject context = json(bench.play("scenes", "context")).getAsJsonObject();
    assertThat(context.get("functionName").getAsString()).isEqualTo("scenes");
    assertThat(context.get("functionVersion").getAsString()).isEqualTo("$LATEST");
    assertThat(context.get("memory").getAsInt()).isEqualTo(256);
    assertThat(context.get("logGroup").getAsString()).isEqualTo("/aws/lambda/scenes");
    assertThat(context.get("logStream").getAsString())
        .matches("\\d{4}/\\d\\d/\\d\\d/\\[\\$LATEST][0-9a-f]{32}");
    assertThat(context.get("remaining").getAsInt()).isBetween(1, 15_000);
    assertThat(context.get("arn").getAsString())
        .isEqualTo("arn:aws:lambda:us-east-1:000000000000:function:scenes");
    InvokeResponse qualified =
        bench
            .lambda()
            .invoke(
                r ->
                    r.functionName("scenes")
                        .qualifier("$LATEST")
                        .clientContext("eyJjdXN0b20iOnsiYSI6ImIifX0=")
                        .payload(SdkBytes.fromUtf8String("{\"scene\":\"context\"}")));
    assertThat(json(qualified).getAsJsonObject().get("arn").getAsString())
        .isEqualTo("arn:aws:lambda:us-east-1:000000000000:function:scenes:$LATEST");
    assertThat(json(qualified).getAsJsonObject().get("requestId").getAsString())
        .isEqualTo(qualified.responseMetadata().requestId());
    assertThat(json(qualified).getAsJsonObject().getAsJsonObject("custom").get("a").getAsString())
        .isEqualTo("b");
  }

  @Test
  void invoke_eventThatIsNoJsonOrTooLarge_isRefused() {
    assertThatExceptionOfType(InvalidRequestContentException.class)
        .isThrownBy(() -> bench.invoke("echo", "hello"))
        .withMessageContaining(
            "Could not parse request body into json: Unrecognized token 'hello'");
    assertThatExceptionOfType(RequestTooLargeException.class)
        .isThrownBy(() -> bench.invoke("echo", "\"" + "x".repeat(6_291_456) + "\""))
        .withMessageContaining(
            "Request must be smaller than 6291456 bytes for the InvokeFunction operation");
  }

  @Test
  void invoke_wrongTypeOfEvent_saysWhatCouldNotBeRead() {
    InvokeResponse response = bench.invoke("scenes", "{\"scene\":{\"nested\":1}}");
    JsonObject error = json(response).getAsJsonObject();
    assertThat(error.get("errorMessage").getAsString())
        .isEqualTo("An error occurred during JSON parsing");
    assertThat(error.get("errorType").getAsString()).isEqualTo("java.lang.RuntimeException");
    assertThat(error.getAsJsonObject("cause").get("errorMessage").getAsString())
        .contains("java.lang.String");
  }

  @Test
  @Fact("LAM-015")
  void invoke_reservedConcurrencyZero_isThrottled() {
    bench.create("throttled", Echo.class);
    bench
        .lambda()
        .putFunctionConcurrency(r -> r.functionName("throttled").reservedConcurrentExecutions(0));
    assertThatExceptionOfType(TooManyRequestsException.class)
        .isThrownBy(() -> bench.invoke("throttled", "{}"))
        .matches(
            e ->
                e.statusCode() == 429
                    && e.reasonAsString()
                        .equals("ReservedFunctionConcurrentInvocationLimitExceeded")
                    && e.type().equals("User"))
        .withMessageContaining("Rate Exceeded.");
    bench.lambda().deleteFunctionConcurrency(r -> r.functionName("throttled"));
    assertThat(bench.invoke("throttled", "1").payload().asUtf8String()).isEqualTo("1");
  }
}
