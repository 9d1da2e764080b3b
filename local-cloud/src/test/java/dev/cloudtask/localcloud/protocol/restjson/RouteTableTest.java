package dev.cloudtask.localcloud.protocol.restjson;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudtask.localcloud.http.HttpHeaders;
import dev.cloudtask.localcloud.http.HttpRequest;
import dev.cloudtask.localcloud.http.RequestBody;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTableTest {
  private final RouteTable<String> routes =
      new RouteTable<String>()
          .add("GET", "/2015-03-31/functions", "ListFunctions", "")
          .add("GET", "/2015-03-31/functions/", "ListFunctions", "")
          .add("GET", "/2015-03-31/functions/{Name}", "GetFunction", "")
          .add("POST", "/2015-03-31/functions/{Name}/invocations", "Invoke", "")
          .add("POST", "/restapis", "CreateRestApi", "")
          .add("POST", "/restapis?mode=import", "ImportRestApi", "")
          .add("GET", "/restapis/{id}", "GetRestApi", "")
          .add("GET", "/restapis/special", "GetSpecial", "")
          .add("GET", "/tags/{arn+}", "GetTags", "");

  private static HttpRequest request(String method, String target) {
    return new HttpRequest(
        method, target, HttpHeaders.empty(), RequestBody.empty(), HttpRequest.Connection.INTERNAL);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /2015-03-31/functions, ListFunctions",
    "GET, /2015-03-31/functions/, ListFunctions",
    "GET, /2015-03-31/functions/f?Qualifier=1, GetFunction",
    "POST, /2015-03-31/functions/f/invocations, Invoke",
    "POST, /restapis, CreateRestApi",
    "POST, /restapis?mode=import&failonwarnings=true, ImportRestApi",
    "POST, /restapis?mode=other, CreateRestApi",
    "GET, /restapis/abc, GetRestApi",
    "GET, /restapis/special, GetSpecial",
    "GET, /tags/a/b/c, GetTags",
  })
  void find_knownMethodAndPath_givesOperation(String method, String target, String operation) {
    assertThat(routes.find(request(method, target)).map(RouteTable.Match::operation))
        .isEqualTo(Optional.of(operation));
  }

  @ParameterizedTest
  @CsvSource({
    "DELETE, /2015-03-31/functions",
    "POST, /2015-03-31/functions//invocations",
    "GET, /2015-03-31/functions/f/more",
    "get, /2015-03-31/functions",
    "GET, /",
    "GET, /tags",
  })
  void find_unknownMethodOrPath_givesNothing(String method, String target) {
    assertThat(routes.find(request(method, target))).isEmpty();
  }

  @Test
  void find_encodedLabels_areDecodedAfterSplitting() {
    assertThat(
            routes
                .find(request("GET", "/restapis/arn%3Aaws%3A%2Fx%2Fy"))
                .map(RouteTable.Match::labels))
        .isEqualTo(Optional.of(Map.of("id", "arn:aws:/x/y")));
    assertThat(routes.find(request("GET", "/tags/a%2Fb/c")).map(RouteTable.Match::labels))
        .isEqualTo(Optional.of(Map.of("arn", "a/b/c")));
  }
}
