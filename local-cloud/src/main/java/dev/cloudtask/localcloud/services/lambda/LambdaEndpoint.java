package dev.cloudtask.localcloud.services.lambda;

import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.gateway.ServiceCall;
import dev.cloudtask.localcloud.gateway.ServiceEndpoint;
import dev.cloudtask.localcloud.http.HttpRequest;
import dev.cloudtask.localcloud.http.HttpResponse;
import dev.cloudtask.localcloud.iam.AccessRequest;
import dev.cloudtask.localcloud.iam.Verdict;
import dev.cloudtask.localcloud.ports.Authorizer;
import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.protocol.NotEmulated;
import dev.cloudtask.localcloud.protocol.restjson.RestJson;
import dev.cloudtask.localcloud.protocol.restjson.RouteTable;
import dev.cloudtask.localcloud.trace.Span;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Lambda's API: finds the operation, asks whether the caller may, has it answered. */
final class LambdaEndpoint implements ServiceEndpoint {
  /** Where GetFunction says that a package can be fetched; the name is the package's hash. */
  static final String CODE_PATH = "/_aws/lambda/code/";

  private static final String FUNCTIONS = "/2015-03-31/functions";
  private static final String FUNCTION = FUNCTIONS + "/{FunctionName}";

  private final CloudEnvironment cloud;
  private final Authorizer authorizer;
  private final CodeStore code;
  private final FunctionStore store;
  private final RouteTable<Function<LambdaRequest, HttpResponse>> routes = new RouteTable<>();
  private final RouteTable<String> refused = RefusedOperations.table();

  LambdaEndpoint(
      CloudEnvironment cloud,
      Authorizer authorizer,
      CodeStore code,
      FunctionStore store,
      FunctionOperations functions,
      AliasOperations aliases,
      PolicyOperations policies,
      SettingsOperations settings,
      InvokeOperation invoke) {
    this.cloud = cloud;
    this.authorizer = authorizer;
    this.code = code;
    this.store = store;
    routes
        .add("POST", FUNCTIONS, "CreateFunction", functions::create)
        .add("GET", FUNCTIONS, "ListFunctions", functions::list)
        .add("GET", FUNCTION, "GetFunction", functions::get)
        .add("DELETE", FUNCTION, "DeleteFunction", functions::delete)
        .add(
            "GET",
            FUNCTION + "/configuration",
            "GetFunctionConfiguration",
            functions::configuration)
        .add(
            "PUT",
            FUNCTION + "/configuration",
            "UpdateFunctionConfiguration",
            functions::updateConfiguration)
        .add("PUT", FUNCTION + "/code", "UpdateFunctionCode", functions::updateCode)
        .add("POST", FUNCTION + "/versions", "PublishVersion", functions::publish)
        .add("GET", FUNCTION + "/versions", "ListVersionsByFunction", functions::listVersions)
        .add("POST", FUNCTION + "/aliases", "CreateAlias", aliases::create)
        .add("GET", FUNCTION + "/aliases", "ListAliases", aliases::list)
        .add("GET", FUNCTION + "/aliases/{Name}", "GetAlias", aliases::get)
        .add("PUT", FUNCTION + "/aliases/{Name}", "UpdateAlias", aliases::update)
        .add("DELETE", FUNCTION + "/aliases/{Name}", "DeleteAlias", aliases::delete)
        .add("POST", FUNCTION + "/policy", "AddPermission", policies::add)
        .add("GET", FUNCTION + "/policy", "GetPolicy", policies::get)
        .add("DELETE", FUNCTION + "/policy/{StatementId}", "RemovePermission", policies::remove)
        .add("POST", FUNCTION + "/invocations", "Invoke", invoke::invoke)
        .add(
            "POST",
            "/2014-11-13/functions/{FunctionName}/invoke-async",
            "InvokeAsync",
            invoke::invokeAsync)
        .add(
            "PUT",
            "/2017-10-31/functions/{FunctionName}/concurrency",
            "PutFunctionConcurrency",
            settings::putConcurrency)
        .add(
            "DELETE",
            "/2017-10-31/functions/{FunctionName}/concurrency",
            "DeleteFunctionConcurrency",
            settings::deleteConcurrency)
        .add(
            "GET",
            "/2019-09-30/functions/{FunctionName}/concurrency",
            "GetFunctionConcurrency",
            settings::getConcurrency)
        .add("GET", "/2016-08-19/account-settings", "GetAccountSettings", settings::accountSettings)
        .add("GET", "/2017-03-31/tags/{ARN}", "ListTags", settings::listTags)
        .add("POST", "/2017-03-31/tags/{ARN}", "TagResource", settings::tag)
        .add("DELETE", "/2017-03-31/tags/{ARN}", "UntagResource", settings::untag);
  }

  /** Returns the names of the operations that are answered. */
  Set<String> operations() {
    return routes.operations();
  }

  /** Returns the names of the operations that are refused. */
  Set<String> refused() {
    return refused.operations();
  }

  @Override
  public String signingName() {
    return "lambda";
  }

  @Override
  public boolean recognises(HttpRequest request) {
    return request.rawPath().startsWith(CODE_PATH)
        || routes.knowsPath(request.rawPath())
        || refused.knowsPath(request.rawPath());
  }

  @Override
  public boolean allowsAnonymous(HttpRequest request) {
    return request.rawPath().startsWith(CODE_PATH); // who has the hash has seen GetFunction
  }

  @Override
  public HttpResponse handle(ServiceCall call) {
    String path = call.http().rawPath();
    if (path.startsWith(CODE_PATH)) {
      return download(path.substring(CODE_PATH.length()));
    }
    Optional<RouteTable.Match<Function<LambdaRequest, HttpResponse>>> match =
        routes.find(call.http());
    if (match.isEmpty()) {
      throw refused
          .find(call.http())
          .map(known -> NotEmulated.operation("lambda", known.operation(), operations()))
          .orElseGet(LambdaErrors::unknownOperation);
    }
    RouteTable.Match<Function<LambdaRequest, HttpResponse>> found = match.get();
    try (Span span = call.span().child("lambda", found.operation())) {
      LambdaRequest request = new LambdaRequest(call, found, cloud, span);
      authorize(request, found.operation());
      return found.target().apply(request);
    }
  }

  private HttpResponse download(String key) {
    byte[] zip = key.matches("[0-9a-f]{64}") ? code.read(key) : new byte[0];
    if (zip.length == 0) {
      throw LambdaErrors.noSuchResource();
    }
    return HttpResponse.of(200, "application/zip", zip);
  }

  private void authorize(LambdaRequest request, String operation) {
    Map<String, String> labels = request.match().labels();
    Optional<FunctionRef> function =
        labels.containsKey("FunctionName") ? Optional.of(request.function()) : Optional.empty();
    boolean invoke = operation.startsWith("Invoke");
    String action = "lambda:" + (invoke ? "InvokeFunction" : operation);
    String resource =
        function
            .map(ref -> invoke ? ref.qualifiedArn(cloud) : ref.arn(cloud))
            .orElseGet(() -> labels.getOrDefault("ARN", resourceOf(operation, request)));
    Optional<String> policy = function.flatMap(store::policy).map(ResourcePolicy::json);
    Verdict verdict =
        authorizer.decide(
            AccessRequest.of(request.caller(), action, resource).withResourcePolicy(policy),
            request.span());
    if (!verdict.allowed()) {
      throw LambdaErrors.accessDenied(verdict.message());
    }
  }

  private String resourceOf(String operation, LambdaRequest request) {
    return operation.equals("CreateFunction")
        ? cloud.arn("lambda", "function:" + request.body().text("FunctionName").orElse(""))
        : "*";
  }

  @Override
  public HttpResponse failure(AwsException failure, ServiceCall call) {
    boolean capital =
        failure.code().equals("ResourceNotFoundException")
            || failure.code().equals("AccessDeniedException");
    return RestJson.failure(failure, call.requestId(), capital ? "Message" : "message");
  }
}
