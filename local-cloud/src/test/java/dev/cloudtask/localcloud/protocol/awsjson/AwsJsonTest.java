package dev.cloudtask.localcloud.protocol.awsjson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloudtask.localcloud.gateway.ServiceCall;
import dev.cloudtask.localcloud.http.HttpHeaders;
import dev.cloudtask.localcloud.http.HttpRequest;
import dev.cloudtask.localcloud.http.HttpResponse;
import dev.cloudtask.localcloud.http.RequestBody;
import dev.cloudtask.localcloud.iam.Caller;
import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.trace.Span;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AwsJsonTest {
  private final AwsJson zoo =
      AwsJson.builder("Zoo", "Zoo_2026", "1.1")
          .operation(
              "Feed",
              (input, call) -> {
                JsonObject out = new JsonObject();
                out.addProperty("Fed", input.text("Animal").orElse("nobody"));
                return out;
              })
          .refuse("there is no pool", "Swim")
          .structuredDetails("Item")
          .errorHeaders()
          .crc32()
          .build();

  private static ServiceCall call(String target, String contentType, String body) {
    HttpRequest request =
        new HttpRequest(
            "POST",
            "/",
            HttpHeaders.of("X-Amz-Target", target, "Content-Type", contentType),
            RequestBody.of(body),
            HttpRequest.Connection.INTERNAL);
    return new ServiceCall(
        request,
        "zoo.us-east-1.amazonaws.com",
        new Caller.Root("000000000000"),
        "REQ",
        Instant.EPOCH,
        Span.detached("zoo", target));
  }

  private HttpResponse answer(String target, String body) {
    ServiceCall call = call(target, "application/x-amz-json-1.1", body);
    try {
      return zoo.handle(call);
    } catch (AwsException e) {
      return zoo.failure(e, call);
    }
  }

  @Test
  @DisplayName("the operation named by X-Amz-Target answers, with request id and checksum")
  void handle_known() {
    HttpResponse response = answer("Zoo_2026.Feed", "{\"Animal\":\"yak\",\"Unknown\":[1]}");
    CRC32 sum = new CRC32();
    sum.update(response.bytes());
    assertThat(response.text()).isEqualTo("{\"Fed\":\"yak\"}");
    assertThat(response.headers().first("x-amzn-RequestId")).contains("REQ");
    assertThat(response.headers().first("x-amz-crc32")).contains(Long.toString(sum.getValue()));
  }

  @Test
  @DisplayName("an unknown operation is AWS's UnknownOperationException; a refused one is named")
  void handle_unknownAndRefused() {
    assertThat(answer("Zoo_2026.Fly", "{}").text())
        .isEqualTo("{\"__type\":\"UnknownOperationException\"}");
    assertThat(answer("Zoo_2026.Swim", "{}").text())
        .contains("does not emulate Zoo's operation Swim (there is no pool)", "Feed");
  }

  @Test
  @DisplayName("wrong types and broken JSON are SerializationException")
  void handle_wrongTypes() {
    assertThat(answer("Zoo_2026.Feed", "{\"Animal\":7}").text())
        .isEqualTo(
            "{\"__type\":\"SerializationException\","
                + "\"message\":\"NUMBER_VALUE cannot be converted to String\"}");
    for (String broken : List.of("", "[]", "{", "{} x", "{'a':1}", "{\"a\":NaN}", "7")) {
      assertThat(answer("Zoo_2026.Feed", broken).text())
          .as(broken)
          .isEqualTo("{\"__type\":\"SerializationException\"}");
    }
  }

  @Test
  @DisplayName("a form post or text/plain is not taken for JSON")
  void handle_otherContentType() {
    HttpResponse response = zoo.handle(call("Zoo_2026.Feed", "text/plain", "{}"));
    assertThat(response.status()).isEqualTo(404);
    assertThat(response.text()).startsWith("<UnknownOperationException/>");
  }

  @Test
  @DisplayName("a failure carries its details, structured ones as JSON, and the headers")
  void failure_details() {
    ServiceCall call = call("Zoo_2026.Feed", "application/x-amz-json-1.1", "{}");
    HttpResponse response =
        zoo.failure(
            new AwsException("Bitten", 400, "It bit.").with("Item", "{\"a\":1}").with("Who", "yak"),
            call);
    JsonObject body = JsonParser.parseString(response.text()).getAsJsonObject();
    assertThat(body.get("Item").getAsJsonObject().get("a").getAsInt()).isEqualTo(1);
    assertThat(body.get("Who").getAsString()).isEqualTo("yak");
    assertThat(response.headers().first("x-amzn-ErrorType")).contains("Bitten:");
    assertThat(response.headers().first("x-amzn-ErrorMessage")).contains("It bit.");
    assertThat(call.span().failure()).contains("Bitten: It bit.");
  }

  @Test
  @DisplayName("constraints are reported together, counted, in order")
  void constraints() {
    assertThatThrownBy(
            () ->
                new Constraints("ValidationException")
                    .required("tableName", Optional.empty())
                    .length("name", Optional.of("ab"), 3, 255)
                    .oneOf("mode", Optional.of("X"), List.of("A", "B"))
                    .range("limit", Optional.of(0), 1, 10)
                    .length("fine", Optional.of("abc"), 3, 3)
                    .check())
        .hasMessage(
            "4 validation errors detected: Value null at 'tableName' failed to satisfy constraint:"
                + " Member must not be null; Value 'ab' at 'name' failed to satisfy constraint:"
                + " Member must have length greater than or equal to 3; Value 'X' at 'mode' failed"
                + " to satisfy constraint: Member must satisfy enum value set: [A, B]; Value '0' at"
                + " 'limit' failed to satisfy constraint: Member must have value greater than or"
                + " equal to 1");
  }
}
