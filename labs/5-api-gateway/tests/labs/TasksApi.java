package labs;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.cloudtask.lab.Finding;
import dev.cloudtask.lab.Stack;
import dev.cloudtask.lab.TemplateView;
import dev.cloudtask.lab.Traces;
import dev.cloudtask.lab.WebPage;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The student's API, as a page calls it. What is not as it should be is looked into here. */
final class TasksApi {
  static final String API = "AWS::ApiGateway::RestApi";
  private static final String STAGE = "AWS::ApiGateway::Stage";
  private static final String DEPLOYMENT = "AWS::ApiGateway::Deployment";
  private static final String AUTHORIZER = "AWS::ApiGateway::Authorizer";
  private static final String METHOD = "AWS::ApiGateway::Method";
  private static final String FUNCTION = "AWS::Lambda::Function";
  private static final String PERMISSION = "AWS::Lambda::Permission";
  private static final String PROPERTIES = "Properties";

  private final Stack stack;
  private final TemplateView template;
  private final HttpClient http;
  private final Traces traces;

  /**
   * One of the four calls.
   *
   * @param verb such as {@code PUT}
   * @param path as the template declares it, such as {@code /tasks/{taskId}}
   */
  record Route(String verb, String path) {
    @Override
    public String toString() {
      return verb + " " + path;
    }
  }

  static final Route LIST = new Route("GET", "/tasks");
  static final Route CREATE = new Route("POST", "/tasks");
  static final Route UPDATE = new Route("PUT", "/tasks/{taskId}");
  static final Route DELETE = new Route("DELETE", "/tasks/{taskId}");
  static final List<Route> ROUTES = List.of(LIST, CREATE, UPDATE, DELETE);

  TasksApi(Stack stack, HttpClient http, Traces traces) {
    this.stack = stack;
    this.template = stack.template();
    this.http = http;
    this.traces = traces;
  }

  /** Returns where the API is: what the output ApiUrl says, without a slash at the end. */
  String url() {
    if (template.resourcesOfType(API).isEmpty()) {
      throw Finding.of(Finding.Kind.NOT_STARTED, "read your template")
          .expected("a resource of the type " + API)
          .got("none")
          .where(template.resourcesPlace())
          .found();
    }
    String meaning = "the address of the stage, https://API.execute-api.REGION.amazonaws.com/prod";
    String onAws = stack.awsOutput("ApiUrl", meaning).replaceAll("/$", "");
    if (!onAws.matches("https://[a-z0-9]+\\.execute-api\\.[a-z0-9-]+\\.amazonaws\\.com/prod")) {
      boolean otherStage = onAws.matches("https://[^/]+\\.amazonaws\\.com/[\\w-]+");
      throw Finding.did("read the output ApiUrl")
          .expected(meaning)
          .got(onAws)
          .where(
              otherStage
                  ? first(STAGE).map(id -> place(id, "StageName")).orElse(deployment("StageName"))
                  : template.outputPlace("ApiUrl"))
          .why(
              "The stage is the first part of the path, after it comes /tasks. The page and the"
                  + " course know the stage as prod.")
          .found();
    }
    return stack.output("ApiUrl", meaning).replaceAll("/$", "");
  }

  /** Calls a route; what a path lacks is filled in with the id. */
  WebPage call(Route route, String taskId, @Nullable String token, @Nullable String body) {
    return call(route, taskId, token, body, Map.of());
  }

  /** Calls a route with further headers. */
  WebPage call(
      Route route,
      String taskId,
      @Nullable String token,
      @Nullable String body,
      Map<String, String> further) {
    Map<String, String> headers = new LinkedHashMap<>(further);
    if (token != null) {
      headers.put("Authorization", token);
    }
    if (body != null) {
      headers.put("Content-Type", "application/json");
    }
    return send(route.verb(), route.path().replace("{taskId}", taskId), headers, body);
  }

  /** Sends any request. The traces tell of this one alone. */
  WebPage send(String verb, String path, Map<String, String> headers, @Nullable String body) {
    URI target = URI.create(url() + path);
    traces.forget();
    String[] pairs =
        headers.entrySet().stream()
            .flatMap(header -> Stream.of(header.getKey(), header.getValue()))
            .toArray(String[]::new);
    byte[] bytes = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
    return WebPage.send(http, verb, target, bytes, pairs);
  }

  /** Returns an answer's JSON. */
  static Optional<JsonElement> json(WebPage answer) {
    try {
      return Optional.of(JsonParser.parseString(answer.text()));
    } catch (JsonParseException e) {
      return Optional.empty();
    }
  }

  /** Tells whether API Gateway itself says no, rather than a function behind it. */
  static boolean isRefusedByTheGateway(WebPage answer) {
    return answer.status() == 401 && answer.headers().firstValue("x-amzn-ErrorType").isPresent();
  }

  /** Returns the place of a method's property, or of the nearest thing to it. */
  String method(Route route, String... path) {
    return methods(route).stream()
        .findFirst()
        .map(id -> place(id, path))
        .or(() -> first(API).map(template::resourcePlace))
        .orElse(template.resourcesPlace());
  }

  boolean declares(Route route) {
    return !methods(route).isEmpty();
  }

  /** Returns where the deployment says what it waits for. */
  String dependsOn() {
    return first(DEPLOYMENT)
        .map(id -> template.resourcePlace(id, "DependsOn"))
        .orElse(template.resourcesPlace());
  }

  private String deployment(String property) {
    return first(DEPLOYMENT).map(id -> place(id, property)).orElse(template.resourcesPlace());
  }

  String function(Route route, String... path) {
    return functions(route).stream()
        .findFirst()
        .map(id -> place(id, path))
        .orElse(method(route, "Integration", "Uri"));
  }

  // -------------------------------------------------------------------- why an answer is not right

  /** Says why a call did not go as it should. */
  Finding explain(Route route, WebPage answer, String expected) {
    String type = answer.headers().firstValue("x-amzn-ErrorType").orElse("");
    Finding.Builder finding;
    if (answer.status() == 403 && type.startsWith("ForbiddenException")) {
      finding = forbidden(route, answer);
    } else if (answer.status() == 403) {
      finding = noRoute(route, answer);
    } else if (answer.status() == 401) {
      finding = type.isEmpty() ? noClaims(route, answer) : tokenRefused(route, answer);
    } else if (answer.status() == 500 || answer.status() == 504) {
      finding = notIntegrated(route, answer);
    } else if (answer.status() == 502) {
      finding = functionFailed(route, answer);
    } else {
      finding = otherAnswer(route, answer);
    }
    return finding.expected(expected).found();
  }

  private Finding.Builder forbidden(Route route, WebPage answer) {
    boolean key =
        methods(route).stream()
            .anyMatch(id -> template.text(id, PROPERTIES, "ApiKeyRequired").isPresent());
    return Finding.did(did(route))
        .got(words(answer) + reason())
        .where(
            key
                ? method(route, "ApiKeyRequired")
                : first(STAGE).map(id -> place(id, "StageName")).orElse(deployment("StageName")))
        .why(
            key
                ? "An API key counts calls; it says nothing about who calls, and the page has none."
                : "API Gateway does not say whether the API or the stage is unknown to it.");
  }

  private Finding.Builder noRoute(Route route, WebPage answer) {
    if (declares(route)) {
      return Finding.did(did(route))
          .got(
              words(answer)
                  + "\nyour template has this method, the deployment has not: it does not wait for "
                  + methods(route).get(0))
          .where(dependsOn())
          .why(
              "A deployment is a snapshot. AWS makes resources side by side; only with DependsOn"
                  + " are the methods there before the picture is taken.");
    }
    Optional<String> sameVerb =
        template.resourcesWith(METHOD, route.verb(), PROPERTIES, "HttpMethod").stream()
            .filter(id -> ROUTES.stream().noneMatch(other -> methods(other).contains(id)))
            .findFirst();
    return Finding.of(
            sameVerb.isPresent() ? Finding.Kind.WRONG : Finding.Kind.NOT_STARTED, did(route))
        .got(words(answer) + ": there is no method " + route)
        .where(
            sameVerb
                .map(id -> misplaced(id, route))
                .or(() -> first(API).map(template::resourcePlace))
                .orElse(template.resourcesPlace()))
        .why(
            "API Gateway answers 403 Missing Authentication Token, or complains about the"
                + " Authorization header, where others say 404.");
  }

  /**
   * Returns what puts a method on another path: the name of its resource, or the parent of that.
   */
  private String misplaced(String method, Route route) {
    String last = route.path().substring(route.path().lastIndexOf('/') + 1);
    Optional<String> resource =
        template.references(method, PROPERTIES, "ResourceId").stream()
            .filter(id -> template.has(id, PROPERTIES, "PathPart"))
            .findFirst();
    if (resource.isEmpty()) {
      return place(method, "ResourceId");
    }
    String part = template.text(resource.orElseThrow(), PROPERTIES, "PathPart").orElse("");
    boolean named = part.equals(last) || (part.startsWith("{") && last.startsWith("{"));
    return place(resource.orElseThrow(), named ? "ParentId" : "PathPart");
  }

  private Finding.Builder noClaims(Route route, WebPage answer) {
    return Finding.did(did(route) + " with an ID token of your pool")
        .got(words(answer) + " from your function: it was not told who calls")
        .where(method(route, "AuthorizationType"))
        .why(
            "Only an authorizer checks the token and hands its claims to the function. Each method"
                + " names it for itself: AuthorizationType and AuthorizerId.");
  }

  private Finding.Builder tokenRefused(Route route, WebPage answer) {
    String fault = fault();
    String property = "ProviderARNs";
    if (fault.contains("request has no")) {
      property = "IdentitySource";
    } else if (fault.contains("validation expression")) {
      property = "IdentityValidationExpression";
    }
    String where =
        fault.contains("scopes")
            ? method(route, "AuthorizationScopes")
            : authorizer(route, property);
    return Finding.did(did(route) + " with a fresh ID token of your pool")
        .got(words(answer) + reason())
        .where(where)
        .why(
            "The page sends the ID token in the header Authorization. The authorizer takes tokens"
                + " of the pools in ProviderARNs, and with scopes only access tokens.");
  }

  private Finding.Builder notIntegrated(Route route, WebPage answer) {
    String fault = fault();
    if (fault.contains("POST only")) {
      return Finding.did(did(route))
          .got(words(answer) + "\nLambda refused: Unable to determine service/operation name")
          .where(method(route, "Integration", "IntegrationHttpMethod"))
          .why(
              "IntegrationHttpMethod is not the method of your API but of the call to Lambda, and"
                  + " Invoke is always a POST.");
    }
    if (fault.contains("Invalid permissions")) {
      String needed = fault.replaceFirst("(?s).*SourceArn ([^)]*)\\).*", "$1");
      return Finding.did(did(route))
          .got(
              words(answer)
                  + "\nInvalid permissions on Lambda function "
                  + String.join(", ", functions(route))
                  + "\nneeded: apigateway.amazonaws.com, SourceArn "
                  + needed)
          .where(permission(route))
          .why(
              "A function lets nobody call it until a Lambda permission names the caller; SourceArn"
                  + " narrows it to API/STAGE/METHOD/PATH, where * stands for any text.");
    }
    return Finding.did(did(route))
        .got(words(answer) + reason())
        .where(method(route, "Integration"))
        .why("API Gateway tells callers no more than Internal server error; its log tells why.");
  }

  private Finding.Builder functionFailed(Route route, WebPage answer) {
    Optional<Traces.FunctionFailure> failure = traces.functionFailure();
    return Finding.did(did(route))
        .got(words(answer) + traces.cause().map(cause -> "\n" + cause).orElse(""))
        .where(
            failure
                .flatMap(Traces.FunctionFailure::place)
                .orElseGet(() -> function(route, "Handler")))
        .why("The function failed, or its answer is not what a proxy integration takes.");
  }

  private Finding.Builder otherAnswer(Route route, WebPage answer) {
    boolean lostId = answer.status() == 400 && answer.text().contains("taskId");
    return Finding.did(did(route))
        .got(words(answer) + "  " + shortened(answer.text()))
        .where(
            lostId
                ? methods(route).stream()
                    .flatMap(id -> template.references(id, PROPERTIES, "ResourceId").stream())
                    .filter(id -> template.has(id, PROPERTIES, "PathPart"))
                    .findFirst()
                    .map(id -> place(id, "PathPart"))
                    .orElse(method(route))
                : method(route, "Integration", "Uri"))
        .why(
            lostId
                ? "The name in the braces is the name that the function gets the value by:"
                    + " pathParameters.taskId."
                : "The Uri of the integration says which function answers a method.");
  }

  private String authorizer(Route route, String property) {
    return methods(route).stream()
        .flatMap(id -> template.references(id, PROPERTIES, "AuthorizerId").stream())
        .findFirst()
        .or(() -> first(AUTHORIZER))
        .map(id -> place(id, property))
        .orElse(method(route, "AuthorizationType"));
  }

  /**
   * Returns the part of the function's permission that is amiss, or the function if it has none.
   */
  private String permission(Route route) {
    List<String> functions = functions(route);
    Optional<String> permission =
        template.resourcesOfType(PERMISSION).stream()
            .filter(
                id ->
                    template.references(id, PROPERTIES, "FunctionName").stream()
                        .anyMatch(functions::contains))
            .findFirst();
    if (permission.isEmpty()) {
      return function(route) + "  (it has no " + PERMISSION + ")";
    }
    String id = permission.orElseThrow();
    if (!template.text(id, PROPERTIES, "Principal").orElse("").equals("apigateway.amazonaws.com")) {
      return place(id, "Principal");
    }
    String action = template.text(id, PROPERTIES, "Action").orElse("");
    return action.equals("lambda:InvokeFunction") || action.equals("lambda:*")
        ? place(id, "SourceArn")
        : place(id, "Action");
  }

  private List<String> methods(Route route) {
    return template.apiMethods(route.verb(), route.path());
  }

  private List<String> functions(Route route) {
    return methods(route).stream()
        .flatMap(id -> template.references(id, PROPERTIES, "Integration", "Uri").stream())
        .filter(id -> template.typeOf(id).equals(FUNCTION))
        .distinct()
        .toList();
  }

  private Optional<String> first(String type) {
    return template.resourcesOfType(type).stream().findFirst();
  }

  private String place(String logicalId, String... path) {
    String[] whole = new String[path.length + 1];
    whole[0] = PROPERTIES;
    System.arraycopy(path, 0, whole, 1, path.length);
    return template.resourcePlace(logicalId, whole);
  }

  private String did(Route route) {
    return route.verb() + " " + url() + route.path();
  }

  private String fault() {
    return traces.gatewayFault().orElse("");
  }

  /** Returns API Gateway's own reason on a line of its own, if it is known. */
  String reason() {
    String fault = fault();
    return fault.isEmpty() ? "" : "\n" + fault;
  }

  /** Returns an answer of API Gateway in words. */
  static String words(WebPage answer) {
    return answer.status() + (answer.status() >= 400 ? " " + shortened(answer.text()) : "");
  }

  private static String shortened(String text) {
    return text.length() <= 90 ? text : text.substring(0, 90) + "…";
  }
}
