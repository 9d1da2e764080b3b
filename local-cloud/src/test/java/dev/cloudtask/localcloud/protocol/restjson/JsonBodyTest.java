package dev.cloudtask.localcloud.protocol.restjson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cloudtask.localcloud.http.HttpHeaders;
import dev.cloudtask.localcloud.http.HttpRequest;
import dev.cloudtask.localcloud.http.RequestBody;
import dev.cloudtask.localcloud.protocol.AwsException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodyTest {
  private static JsonBody parse(String text) {
    return JsonBody.parse(
        new HttpRequest(
            "POST",
            "/",
            HttpHeaders.empty(),
            RequestBody.of(text),
            HttpRequest.Connection.INTERNAL));
  }

  @Test
  void members_ofTheRightType_areRead() {
    JsonBody body =
        parse(
            """
            {"a":"ä","n":3,"b":true,"s":{"x":"y"},"l":["p","q"],"m":{"k":"v"},"nothing":null}""");
    assertThat(body.text("a")).hasValue("ä");
    assertThat(body.integer("n")).hasValue(3);
    assertThat(body.bool("b")).hasValue(true);
    assertThat(body.structure("s").orElseThrow().text("x")).hasValue("y");
    assertThat(body.texts("l")).hasValue(List.of("p", "q"));
    assertThat(body.textMap("m")).hasValue(Map.of("k", "v"));
    assertThat(body.has("nothing")).isFalse();
    assertThat(body.text("absent")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[]", "{} {}", "{'a':1}", "nonsense", "{\"a\":1,}"})
  void parse_whatIsNotOneObject_isRefused(String text) {
    assertThatExceptionOfType(AwsException.class)
        .isThrownBy(() -> parse(text))
        .matches(e -> e.code().equals("SerializationException") && e.status() == 400);
  }

  @Test
  void members_ofAnotherType_areRefusedInAwsWords() {
    JsonBody body = parse("{\"text\":\"t\",\"n\":1.5,\"yes\":true,\"list\":[],\"map\":{}}");
    assertThatExceptionOfType(AwsException.class)
        .isThrownBy(() -> body.integer("text"))
        .withMessage("STRING_VALUE can not be converted to an Integer");
    assertThatExceptionOfType(AwsException.class)
        .isThrownBy(() -> body.integer("n"))
        .withMessage("NUMBER_VALUE can not be converted to an Integer");
    assertThatExceptionOfType(AwsException.class)
        .isThrownBy(() -> body.text("yes"))
        .withMessage("TRUE_VALUE can not be converted to a String");
    assertThatExceptionOfType(AwsException.class).isThrownBy(() -> body.text("list"));
    assertThatExceptionOfType(AwsException.class)
        .isThrownBy(() -> body.text("map"))
        .withMessage("Start of structure or map found where not expected.");
    assertThatExceptionOfType(AwsException.class)
        .isThrownBy(() -> body.structure("text"))
        .withMessage("Unexpected field type");
  }
}
