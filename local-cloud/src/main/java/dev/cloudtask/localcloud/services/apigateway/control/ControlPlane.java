package dev.cloudtask.localcloud.services.apigateway.control;

import com.google.gson.JsonElement;
import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.gateway.ServiceCall;
import dev.cloudtask.localcloud.gateway.ServiceEndpoint;
import dev.cloudtask.localcloud.http.HttpRequest;
import dev.cloudtask.localcloud.http.HttpResponse;
import dev.cloudtask.localcloud.http.PercentEncoding;
import dev.cloudtask.localcloud.iam.AccessRequest;
import dev.cloudtask.localcloud.iam.Verdict;
import dev.cloudtask.localcloud.ports.Authorizer;
import dev.cloudtask.localcloud.ports.RoleSessions;
import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.protocol.NotEmulated;
import dev.cloudtask.localcloud.protocol.restjson.JsonBody;
import dev.cloudtask.localcloud.protocol.restjson.RestJson;
import dev.cloudtask.localcloud.protocol.restjson.RouteTable;
import dev.cloudtask.localcloud.services.apigateway.model.ApiStore;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** API Gateway's own API: the table of its operations, and the way of a request through it. */
public final class ControlPlane implements ServiceEndpoint {
  private static final String REFUSED = "refused";
  private static final int MAX_BODY = 6 * 1024 * 1024;

  private record Operation(int status, Function<Call, @Nullable JsonElement> work) {}

  private final RouteTable<Operation> routes = new RouteTable<>();
  private final RouteTable<String> refused = new RouteTable<>();
  private final CloudEnvironment environment;
  private final Authorizer authorizer;
  private final RestApiOperations restApis;
  private final ResourceOperations resources;
  private final MethodOperations methods;
  private final IntegrationOperations integrations;
  private final AuthorizerOperations authorizers;
  private final ModelOperations models;
  private final ValidatorOperations validators;
  private final DeploymentOperations deployments;
  private final StageOperations stages;
  private final GatewayResponseOperations gatewayResponses;
  private final AccountOperations account;

  /** Builds the table. */
  public ControlPlane(
      CloudEnvironment environment,
      ApiStore store,
      Authorizer authorizer,
      RoleSessions roles,
      Trial trial) {
    this.environment = environment;
    this.authorizer = authorizer;
    Apis apis = new Apis(environment, store);
    restApis = new RestApiOperations(apis);
    resources = new ResourceOperations(apis);
    methods = new MethodOperations(apis);
    integrations = new IntegrationOperations(apis);
    authorizers = new AuthorizerOperations(apis);
    models = new ModelOperations(apis);
    validators = new ValidatorOperations(apis);
    stages = new StageOperations(apis);
    deployments = new DeploymentOperations(apis, stages);
    gatewayResponses = new GatewayResponseOperations(apis);
    account = new AccountOperations(apis, roles);
    RefusedOperations.TABLE
        .lines()
        .map(line -> line.split(" "))
        .forEach(parts -> refused.add(parts[0], parts[1], parts[2], REFUSED));
    addApis();
    addMethods();
    addParts();
    addDeployments();
    addTrials(new TrialOperations(apis, trial));
    addTags(new TagOperations(apis));
  }

  private void addApis() {
    answer("CreateRestApi POST 201 /restapis", call -> restApis.create(call.body()));
    answer("GetRestApis GET 200 /restapis", restApis::list);
    answer("GetRestApi GET 200 /restapis/{restapi_id}", restApis::get);
    answer("UpdateRestApi PATCH 200 /restapis/{restapi_id}", restApis::update);
    run("DeleteRestApi DELETE 202 /restapis/{restapi_id}", call -> restApis.delete(call.apiId()));
    String of = "/restapis/{restapi_id}/resources";
    answer(
        "CreateResource POST 201 " + of + "/{parent_id}",
        call ->
            resources.create(call.apiId(), call.label("parent_id"), call.body().text("pathPart")));
    answer("GetResources GET 200 " + of, resources::list);
    answer("GetResource GET 200 " + of + "/{resource_id}", resources::get);
    answer("UpdateResource PATCH 200 " + of + "/{resource_id}", resources::update);
    run(
        "DeleteResource DELETE 202 " + of + "/{resource_id}",
        call -> resources.delete(call.apiId(), call.resourceId()));
    answer("GetAccount GET 200 /account", call -> account.get());
    answer("UpdateAccount PATCH 200 /account", account::update);
  }

  private void addMethods() {
    String of = "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}";
    answer(
        "PutMethod PUT 201 " + of,
        call -> methods.put(call.apiId(), call.resourceId(), call.httpMethod(), call.body()));
    answer("GetMethod GET 200 " + of, methods::get);
    answer("UpdateMethod PATCH 200 " + of, methods::update);
    run(
        "DeleteMethod DELETE 204 " + of,
        call -> methods.delete(call.apiId(), call.resourceId(), call.httpMethod()));
    String response = of + "/responses/{status_code}";
    answer(
        "PutMethodResponse PUT 201 " + response,
        call ->
            methods.putResponse(
                call.apiId(),
                call.resourceId(),
                call.httpMethod(),
                call.statusCode(),
                call.body()));
    answer("GetMethodResponse GET 200 " + response, methods::getResponse);
    answer("UpdateMethodResponse PATCH 201 " + response, methods::updateResponse);
    run("DeleteMethodResponse DELETE 204 " + response, methods::deleteResponse);
    answer(
        "PutIntegration PUT 201 " + of + "/integration",
        call -> integrations.put(call.apiId(), call.resourceId(), call.httpMethod(), call.body()));
    answer("GetIntegration GET 200 " + of + "/integration", integrations::get);
    answer("UpdateIntegration PATCH 200 " + of + "/integration", integrations::update);
    run("DeleteIntegration DELETE 204 " + of + "/integration", integrations::delete);
    String mapped = of + "/integration/responses/{status_code}";
    answer(
        "PutIntegrationResponse PUT 201 " + mapped,
        call ->
            integrations.putResponse(
                call.apiId(),
                call.resourceId(),
                call.httpMethod(),
                call.statusCode(),
                call.body()));
    answer("GetIntegrationResponse GET 200 " + mapped, integrations::getResponse);
    answer("UpdateIntegrationResponse PATCH 200 " + mapped, integrations::updateResponse);
    run("DeleteIntegrationResponse DELETE 204 " + mapped, integrations::deleteResponse);
  }

  private void addParts() {
    String of = "/restapis/{restapi_id}";
    answer(
        "CreateAuthorizer POST 201 " + of + "/authorizers",
        call -> authorizers.create(call.apiId(), call.body()));
    answer("GetAuthorizers GET 200 " + of + "/authorizers", authorizers::list);
    String one = of + "/authorizers/{authorizer_id}";
    answer("GetAuthorizer GET 200 " + one, authorizers::get);
    answer("UpdateAuthorizer PATCH 200 " + one, authorizers::update);
    run(
        "DeleteAuthorizer DELETE 202 " + one,
        call -> authorizers.delete(call.apiId(), call.label("authorizer_id")));
    answer(
        "CreateModel POST 201 " + of + "/models", call -> models.create(call.apiId(), call.body()));
    answer("GetModels GET 200 " + of + "/models", models::list);
    String model = of + "/models/{model_name}";
    answer("GetModel GET 200 " + model, models::get);
    answer("UpdateModel PATCH 200 " + model, models::update);
    run(
        "DeleteModel DELETE 202 " + model,
        call -> models.delete(call.apiId(), call.label("model_name")));
    answer(
        "CreateRequestValidator POST 201 " + of + "/requestvalidators",
        call -> validators.create(call.apiId(), call.body()));
    answer("GetRequestValidators GET 200 " + of + "/requestvalidators", validators::list);
    String validator = of + "/requestvalidators/{requestvalidator_id}";
    answer("GetRequestValidator GET 200 " + validator, validators::get);
    answer("UpdateRequestValidator PATCH 200 " + validator, validators::update);
    run(
        "DeleteRequestValidator DELETE 202 " + validator,
        call -> validators.delete(call.apiId(), call.label("requestvalidator_id")));
    String gateway = of + "/gatewayresponses/{response_type}";
    answer(
        "PutGatewayResponse PUT 201 " + gateway,
        call -> gatewayResponses.put(call.apiId(), call.label("response_type"), call.body()));
    answer("GetGatewayResponses GET 200 " + of + "/gatewayresponses", gatewayResponses::list);
    answer("GetGatewayResponse GET 200 " + gateway, gatewayResponses::get);
    answer("UpdateGatewayResponse PATCH 200 " + gateway, gatewayResponses::update);
    run(
        "DeleteGatewayResponse DELETE 202 " + gateway,
        call -> gatewayResponses.delete(call.apiId(), call.label("response_type")));
  }

  private void addDeployments() {
    String of = "/restapis/{restapi_id}";
    answer(
        "CreateDeployment POST 201 " + of + "/deployments",
        call -> deployments.create(call.apiId(), call.body()));
    answer("GetDeployments GET 200 " + of + "/deployments", deployments::list);
    String deployment = of + "/deployments/{deployment_id}";
    answer("GetDeployment GET 200 " + deployment, deployments::get);
    answer("UpdateDeployment PATCH 200 " + deployment, deployments::update);
    run(
        "DeleteDeployment DELETE 202 " + deployment,
        call -> deployments.delete(call.apiId(), call.label("deployment_id")));
    answer(
        "CreateStage POST 201 " + of + "/stages", call -> stages.create(call.apiId(), call.body()));
    answer("GetStages GET 200 " + of + "/stages", stages::list);
    String stage = of + "/stages/{stage_name}";
    answer("GetStage GET 200 " + stage, stages::get);
    answer("UpdateStage PATCH 200 " + stage, stages::update);
    run(
        "DeleteStage DELETE 202 " + stage,
        call -> stages.delete(call.apiId(), call.label("stage_name")));
  }

  private void addTrials(TrialOperations trials) {
    String of = "/restapis/{restapi_id}";
    answer(
        "TestInvokeMethod POST 200 " + of + "/resources/{resource_id}/methods/{http_method}",
        trials::method);
    answer(
        "TestInvokeAuthorizer POST 200 " + of + "/authorizers/{authorizer_id}", trials::authorizer);
    run(
        "FlushStageAuthorizersCache DELETE 202 " + of + "/stages/{stage_name}/cache/authorizers",
        trials::flush);
  }

  private void addTags(TagOperations tags) {
    answer("GetTags GET 200 /tags/{resource_arn+}", tags::list);
    run("TagResource PUT 204 /tags/{resource_arn+}", tags::tag);
    run("UntagResource DELETE 204 /tags/{resource_arn+}", tags::untag);
  }

  private void answer(String operation, Function<Call, @Nullable JsonElement> work) {
    String[] parts = operation.split(" ");
    routes.add(parts[1], parts[3], parts[0], new Operation(Integer.parseInt(parts[2]), work));
  }

  private void run(String operation, Consumer<Call> work) {
    String[] parts = operation.split(" ");
    routes.add(
        parts[1],
        parts[3],
        parts[0],
        new Operation(
            Integer.parseInt(parts[2]),
            call -> {
              work.accept(call);
              return null;
            }));
  }

  /** Returns the names of the operations that are emulated, sorted. */
  public Set<String> operations() {
    return new TreeSet<>(routes.operations());
  }

  /** Returns the names of the operations that are refused by name, sorted. */
  public Set<String> refusedOperations() {
    return new TreeSet<>(refused.operations());
  }

  /** Returns APIs' operations, for CloudFormation. */
  public RestApiOperations restApis() {
    return restApis;
  }

  /** Returns resources' operations, for CloudFormation. */
  public ResourceOperations resources() {
    return resources;
  }

  /** Returns methods' operations, for CloudFormation. */
  public MethodOperations methods() {
    return methods;
  }

  /** Returns integrations' operations, for CloudFormation. */
  public IntegrationOperations integrations() {
    return integrations;
  }

  /** Returns authorizers' operations, for CloudFormation. */
  public AuthorizerOperations authorizers() {
    return authorizers;
  }

  /** Returns models' operations, for CloudFormation. */
  public ModelOperations models() {
    return models;
  }

  /** Returns validators' operations, for CloudFormation. */
  public ValidatorOperations validators() {
    return validators;
  }

  /** Returns deployments' operations, for CloudFormation. */
  public DeploymentOperations deployments() {
    return deployments;
  }

  /** Returns stages' operations, for CloudFormation. */
  public StageOperations stages() {
    return stages;
  }

  /** Returns gateway responses' operations, for CloudFormation. */
  public GatewayResponseOperations gatewayResponses() {
    return gatewayResponses;
  }

  /** Returns the account's operations, for CloudFormation. */
  public AccountOperations account() {
    return account;
  }

  @Override
  public String signingName() {
    return "apigateway";
  }

  @Override
  public boolean recognises(HttpRequest request) {
    return routes.knowsPath(request.rawPath()) || refused.knowsPath(request.rawPath());
  }

  @Override
  public HttpResponse handle(ServiceCall call) {
    HttpRequest request = call.http();
    // A constant query (?mode=import) makes another operation of the same path.
    Optional<RouteTable.Match<String>> not = refused.find(request);
    Optional<RouteTable.Match<Operation>> found = routes.find(request);
    if (not.isPresent() && (found.isEmpty() || request.query().has("mode"))) {
      call.span().note("operation", not.get().operation());
      throw NotEmulated.operation("apigateway", not.get().operation(), routes.operations());
    }
    RouteTable.Match<Operation> match =
        found.orElseThrow(
            () ->
                new AwsException(
                    "MissingAuthenticationTokenException", 403, "Missing Authentication Token"));
    call.span().note("operation", match.operation());
    authorize(call);
    request.body().bytes(MAX_BODY);
    Call made = new Call(match.labels(), request.query(), JsonBody.parse(request), call.span());
    JsonElement answer = match.target().work().apply(made);
    return answer == null
        ? RestJson.empty(match.target().status(), call.requestId())
        : RestJson.answer(match.target().status(), answer, call.requestId());
  }

  /** API Gateway has one IAM action for each HTTP method; resources are paths. */
  private void authorize(ServiceCall call) {
    String arn =
        "arn:aws:apigateway:%s::%s"
            .formatted(environment.region(), PercentEncoding.decode(call.http().rawPath()));
    Verdict verdict =
        authorizer.decide(
            AccessRequest.of(call.caller(), "apigateway:" + call.http().method(), arn),
            call.span());
    if (!verdict.allowed()) {
      throw new AwsException("AccessDeniedException", 403, verdict.message());
    }
  }

  @Override
  public HttpResponse failure(AwsException failure, ServiceCall call) {
    return RestJson.failure(failure, call.requestId(), "message");
  }
}
