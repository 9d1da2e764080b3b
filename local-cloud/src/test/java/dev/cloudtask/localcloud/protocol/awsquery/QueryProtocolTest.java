package dev.cloudtask.localcloud.protocol.awsquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudtask.localcloud.http.HttpHeaders;
import dev.cloudtask.localcloud.http.HttpRequest;
import dev.cloudtask.localcloud.http.HttpResponse;
import dev.cloudtask.localcloud.http.RequestBody;
import dev.cloudtask.localcloud.protocol.AwsException;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueryProtocolTest {
  private final QueryProtocol<String> protocol =
      new QueryProtocol<String>("zoo", "2020-01-01", "https://zoo.example/doc/2020-01-01/")
          .operation(
              "Feed",
              (caller, input, result) ->
                  result
                      .text("By", caller)
                      .texts("Foods", input.texts("Foods"))
                      .keyValues("Tags", input.keyValues("Tags"))
                      .text(
                          "Keeper",
                          input.structure("Keeper").flatMap(keeper -> keeper.text("Name"))),
              "Foods",
              "Tags",
              "Keeper",
              "Count")
          .operation("Close", (caller, input, result) -> {})
          .operation("Open", (caller, input, result) -> result.present())
          .operation("Count", (caller, input, result) -> input.integer("Count"), "Count")
          .refused(List.of("Escape"));

  private static HttpRequest post(String form) {
    return new HttpRequest(
        "POST",
        "/",
        HttpHeaders.of("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"),
        RequestBody.of(form),
        HttpRequest.Connection.INTERNAL);
  }

  private HttpResponse call(String form) {
    return protocol.handle(post(form), "me & you", "id-1");
  }

  @Test
  void handle_readsListsStructuresAndMaps_inTheOrderOfTheirNumbers() {
    assertThat(
            call("Action=Feed&Version=2020-01-01&Foods.member.10=ten&Foods.member.2=a%3Cb+c"
                    + "&Tags.member.1.Key=k&Tags.member.1.Value=v&Keeper.Name=Ann")
                .text())
        .isEqualTo(
            "<FeedResponse xmlns=\"https://zoo.example/doc/2020-01-01/\"><FeedResult>"
                + "<By>me &amp; you</By>"
                + "<Foods><member>a&lt;b c</member><member>ten</member></Foods>"
                + "<Tags><member><Key>k</Key><Value>v</Value></member></Tags>"
                + "<Keeper>Ann</Keeper></FeedResult>"
                + "<ResponseMetadata><RequestId>id-1</RequestId></ResponseMetadata></FeedResponse>");
  }

  @Test
  void handle_takesParametersFromTheQueryStringToo() {
    HttpRequest get =
        new HttpRequest(
            "GET",
            "/?Action=Feed&Foods.member.1=hay",
            HttpHeaders.empty(),
            RequestBody.empty(),
            HttpRequest.Connection.INTERNAL);

    assertThat(protocol.handle(get, "me", "id-1").text()).contains("<member>hay</member>");
  }

  @Test
  void handle_tellsNoOutputFromEmptyOutput() {
    assertThat(call("Action=Close").text()).doesNotContain("CloseResult");
    assertThat(call("Action=Open").text()).contains("<OpenResult></OpenResult>");
  }

  @Test
  void handle_refusesByName() {
    assertThatThrownBy(() -> call("Action=Escape"))
        .hasMessage(
            "The operation Escape of zoo is not emulated by local-cloud. "
                + "Emulated are: Close, Count, Feed, Open.");
    assertThatThrownBy(() -> call("Action=Feed&Drinks.member.1=tea"))
        .hasMessageContaining("The parameter Drinks of zoo Feed");
    assertThatThrownBy(() -> call("Action=Fly&Version=2020-01-01"))
        .hasMessage("Could not find operation Fly for version 2020-01-01");
    assertThatThrownBy(() -> call("Action=Feed&Version=1999-01-01"))
        .hasMessage("Could not find operation Feed for version 1999-01-01");
    assertThatThrownBy(() -> call("Version=2020-01-01")).hasMessageContaining("Action");
    assertThatThrownBy(() -> call("Action=Count&Count=many"))
        .hasMessage("Invalid value 'many' for parameter Count");
    assertThatThrownBy(() -> call("Action=Feed&Foods.member.x=1"))
        .hasMessageContaining("Foods.member.x");
  }

  @Test
  void failure_tellsWhoseFaultItIs() {
    assertThat(protocol.failure(new AwsException("NoSuchEntity", 404, "No <cat>."), "id-2").text())
        .isEqualTo(
            "<ErrorResponse xmlns=\"https://zoo.example/doc/2020-01-01/\"><Error>"
                + "<Type>Sender</Type><Code>NoSuchEntity</Code><Message>No &lt;cat&gt;.</Message>"
                + "</Error><RequestId>id-2</RequestId></ErrorResponse>");
    HttpResponse ours = protocol.failure(new AwsException("InternalFailure", 500, "oops"), "id-3");
    assertThat(ours.text()).contains("<Type>Receiver</Type>");
    assertThat(ours.status()).isEqualTo(500);
    assertThat(ours.headers().first("x-amzn-requestid")).contains("id-3");
  }
}
