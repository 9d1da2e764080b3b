package dev.cloudtask.localcloud.protocol.awsjson;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloudtask.localcloud.http.HttpHeaders;
import dev.cloudtask.localcloud.http.HttpRequest;
import dev.cloudtask.localcloud.http.HttpResponse;
import dev.cloudtask.localcloud.http.RequestBody;
import dev.cloudtask.localcloud.protocol.AwsException;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AwsJsonTest {
  private final AwsJson<String> zoo =
      AwsJson.<String>builder("zoo", "Zoo_2026", "1.1")
          .operation(
              "Feed",
              (input, call) -> {
                JsonObject out = new JsonObject();
                out.addProperty("Fed", input.text("Animal").orElse("nobody"));
                return out;
              })
          .refuse("Swim")
          .structuredDetails("Item")
          .errorHeaders()
          .crc32()
          .build();

  private static HttpRequest request(String target, String contentType, String body) {
    return new HttpRequest(
        "POST",
        "/",
        HttpHeaders.of("X-Amz-Target", target, "Content-Type", contentType),
        RequestBody.of(body),
        HttpRequest.Connection.INTERNAL);
  }

  private HttpResponse answer(String target, String body) {
    try {
      return zoo.handle(request(target, "application/x-amz-json-1.1", body), "REQ", "keeper");
    } catch (AwsException e) {
      return zoo.failure(e, "REQ");
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
        .contains("The operation Swim of zoo is not emulated by local-cloud", "Feed");
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
    HttpResponse response =
        zoo.handle(request("Zoo_2026.Feed", "text/plain", "{}"), "REQ", "keeper");
    assertThat(response.status()).isEqualTo(404);
    assertThat(response.text()).startsWith("<UnknownOperationException/>");
  }

  @Test
  @DisplayName("a failure carries its details, structured ones as JSON, and the headers")
  void failure_details() {
    HttpResponse response =
        zoo.failure(
            new AwsException("Bitten", 400, "It bit.").with("Item", "{\"a\":1}").with("Who", "yak"),
            "REQ");
    JsonObject body = JsonParser.parseString(response.text()).getAsJsonObject();
    assertThat(body.get("Item").getAsJsonObject().get("a").getAsInt()).isEqualTo(1);
    assertThat(body.get("Who").getAsString()).isEqualTo("yak");
    assertThat(response.headers().first("x-amzn-ErrorType")).contains("Bitten:");
    assertThat(response.headers().first("x-amzn-ErrorMessage")).contains("It bit.");
  }

  @Test
  @DisplayName("a message longer than a client reads in a header is in the body alone")
  void failure_longMessage() {
    HttpResponse response =
        zoo.failure(new AwsException("Bitten", 400, "It bit ".repeat(20_000)), "REQ");

    assertThat(response.text()).contains("It bit It bit");
    assertThat(response.headers().first("x-amzn-ErrorMessage")).isEmpty();
  }
}
