package labs;

import dev.cloudtask.lab.Finding;
import dev.cloudtask.lab.Stack;
import dev.cloudtask.lab.WebPage;
import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import labs.TasksApi.Route;

/**
 * What a browser demands before a page may read an answer from another origin: the Fetch standard,
 * "CORS check" and "CORS-preflight fetch".
 */
final class BrowserRules {
  private static final String ORIGIN = "Access-Control-Allow-Origin";
  private static final String METHODS = "Access-Control-Allow-Methods";
  private static final String HEADERS = "Access-Control-Allow-Headers";
  private static final String GATEWAY_RESPONSE = "AWS::ApiGateway::GatewayResponse";

  /** Methods that a preflight need not name. */
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "POST");

  private final Stack stack;
  private final TasksApi api;
  private final String origin;

  BrowserRules(Stack stack, TasksApi api) {
    this.stack = stack;
    this.api = api;
    api.url();
    URI page = URI.create(stack.output("CloudFrontUrl", "the address of the page (lab 2)"));
    this.origin = page.getScheme() + "://" + page.getRawAuthority();
  }

  /** Returns the header that a browser sends with a call from the page. */
  Map<String, String> origin() {
    return Map.of("Origin", origin);
  }

  /** Asks as a browser does before the call of a route; it must be allowed. */
  void requirePreflight(Route route) {
    Route options = new Route("OPTIONS", route.path());
    Map<String, String> question = new HashMap<>(origin());
    question.put("Access-Control-Request-Method", route.verb());
    question.put("Access-Control-Request-Headers", "authorization,content-type");
    WebPage answer =
        api.send("OPTIONS", route.path().replace("{taskId}", "any-task"), question, null);
    if (!api.declares(options)) {
      throw Finding.of(Finding.Kind.NOT_STARTED, preflight(route))
          .expected("200 or 204 with " + ORIGIN)
          .got(TasksApi.words(answer) + ": there is no method OPTIONS on " + route.path())
          .where(api.method(options))
          .why(
              "Before a page may call another origin with a token, the browser asks that origin by"
                  + " OPTIONS. curl does not ask, so there all looks well.")
          .found();
    }
    if (answer.status() == 401) {
      throw Finding.did(preflight(route) + ", without a token")
          .expected("200 or 204 with " + ORIGIN)
          .got(TasksApi.words(answer))
          .where(api.method(options, "AuthorizationType"))
          .why("A browser never sends a token with this question. OPTIONS must be open to all.")
          .found();
    }
    if (answer.status() / 100 != 2) {
      throw answer.status() == 403
          ? api.explain(options, answer, "200 or 204 with " + ORIGIN)
          : Finding.did(preflight(route))
              .expected("200 or 204 with " + ORIGIN)
              .got(TasksApi.words(answer) + api.reason())
              .where(api.method(options, "Integration"))
              .why("A browser takes only a status from 200 to 299 for a yes.")
              .found();
    }
    requireOrigin(answer, preflight(route), header(options, ORIGIN));
    requireListed(route, answer, METHODS, route.verb(), SAFE.contains(route.verb()));
    requireListed(route, answer, HEADERS, "Authorization", false);
    requireListed(route, answer, HEADERS, "Content-Type", false);
  }

  private void requireListed(
      Route route, WebPage answer, String header, String wanted, boolean safe) {
    Set<String> listed =
        answer.headers().allValues(header).stream()
            .flatMap(value -> Arrays.stream(value.split(",")))
            .map(value -> value.strip().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    boolean star = listed.contains("*") && !wanted.equals("Authorization");
    if (!safe && !star && !listed.contains(wanted.toLowerCase(Locale.ROOT))) {
      throw Finding.did(preflight(route))
          .expected(header + " with " + wanted)
          .got(
              answer
                  .headers()
                  .firstValue(header)
                  .map(value -> header + ": " + value)
                  .orElse("no " + header))
          .where(header(new Route("OPTIONS", route.path()), header))
          .why(
              wanted.equals("Authorization")
                  ? "The page sends its token in this header. A * stands for any other header, never"
                      + " for this one."
                  : "What the answer does not list, the browser does not send.")
          .found();
    }
  }

  /**
   * Demands that the page may read what a function answers. (Whether a function answers at all is
   * looked into by step 5.3, and what the gateway answers in its stead by step 5.5.)
   */
  void requireReadable(Route route, WebPage answer) {
    if (answer.headers().firstValue("x-amzn-ErrorType").isPresent()) {
      return;
    }
    requireOrigin(answer, route + " from your page", api.function(route, "Handler"));
  }

  /** Demands that the page may read what API Gateway answers by itself. */
  void requireReadableRefusal(WebPage answer, int status) {
    String type = status < 500 ? "DEFAULT_4XX" : "DEFAULT_5XX";
    String did = answer.request() + ", refused with " + answer.status();
    List<String> responses = stack.template().resourcesOfType(GATEWAY_RESPONSE);
    List<String> fitting =
        responses.stream()
            .filter(
                id ->
                    stack
                        .template()
                        .text(id, "Properties", "ResponseType")
                        .filter(type::equals)
                        .isPresent())
            .toList();
    List<String> values = answer.headers().allValues(ORIGIN);
    if (values.size() == 1 && (values.get(0).equals("*") || values.get(0).equals(origin))) {
      return;
    }
    String where;
    if (fitting.isEmpty()) {
      where =
          responses.isEmpty()
              ? stack.template().resourcesPlace()
              : stack.template().resourcePlace(responses.get(0), "Properties", "ResponseType");
    } else {
      String parameter = "gatewayresponse.header." + ORIGIN;
      boolean says =
          stack.template().has(fitting.get(0), "Properties", "ResponseParameters", parameter);
      boolean inSnapshot = !values.isEmpty();
      where =
          says && !inSnapshot
              ? api.dependsOn()
              : stack
                  .template()
                  .resourcePlace(fitting.get(0), "Properties", "ResponseParameters", parameter);
    }
    throw Finding.of(responses.isEmpty() ? Finding.Kind.NOT_STARTED : Finding.Kind.WRONG, did)
        .expected(ORIGIN + ": * (or your page's origin)")
        .got(values.isEmpty() ? "no such header" : ORIGIN + ": " + String.join(", ", values))
        .where(where)
        .why(
            "API Gateway gives this answer by itself; its headers come from a gateway response, "
                + type
                + ", that was there before the deployment. Without the header the page sees a CORS"
                + " error and not the "
                + status
                + ".")
        .found();
  }

  private void requireOrigin(WebPage answer, String did, String where) {
    List<String> values = answer.headers().allValues(ORIGIN);
    if (values.size() != 1 || !(values.get(0).equals("*") || values.get(0).equals(origin))) {
      throw Finding.did(did)
          .expected(ORIGIN + ": * (or your page's origin)")
          .got(
              answer.status()
                  + (values.isEmpty()
                      ? " without that header"
                      : " with " + ORIGIN + ": " + String.join(", ", values)))
          .where(where)
          .why(
              "Without it the browser hides the answer from the page, also when the call has done"
                  + " its work. With a proxy integration the function itself must send it.")
          .found();
    }
  }

  private String header(Route options, String header) {
    return api.method(
        options,
        "Integration",
        "IntegrationResponses",
        "0",
        "ResponseParameters",
        "method.response.header." + header);
  }

  private String preflight(Route route) {
    return "OPTIONS " + route.path() + " from your page, as a browser does before " + route.verb();
  }
}
