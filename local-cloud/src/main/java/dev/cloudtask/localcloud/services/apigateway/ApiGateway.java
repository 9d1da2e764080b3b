package dev.cloudtask.localcloud.services.apigateway;

import dev.cloudtask.localcloud.cloudformation.resource.ResourceProvider;
import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.gateway.ServiceEndpoint;
import dev.cloudtask.localcloud.gateway.Site;
import dev.cloudtask.localcloud.ports.Authorizer;
import dev.cloudtask.localcloud.ports.FunctionInvoker;
import dev.cloudtask.localcloud.ports.LogSink;
import dev.cloudtask.localcloud.ports.RoleSessions;
import dev.cloudtask.localcloud.ports.TokenVerifier;
import dev.cloudtask.localcloud.services.CloudService;
import dev.cloudtask.localcloud.services.Operations;
import dev.cloudtask.localcloud.services.apigateway.control.ControlPlane;
import dev.cloudtask.localcloud.services.apigateway.execute.ExecuteApi;
import dev.cloudtask.localcloud.services.apigateway.execute.TrialRun;
import dev.cloudtask.localcloud.services.apigateway.model.ApiStore;
import dev.cloudtask.localcloud.services.apigateway.resource.AccountResource;
import dev.cloudtask.localcloud.services.apigateway.resource.AuthorizerResource;
import dev.cloudtask.localcloud.services.apigateway.resource.DeploymentResource;
import dev.cloudtask.localcloud.services.apigateway.resource.GatewayResponseResource;
import dev.cloudtask.localcloud.services.apigateway.resource.MethodResource;
import dev.cloudtask.localcloud.services.apigateway.resource.ModelResource;
import dev.cloudtask.localcloud.services.apigateway.resource.PathResource;
import dev.cloudtask.localcloud.services.apigateway.resource.RequestValidatorResource;
import dev.cloudtask.localcloud.services.apigateway.resource.RestApiResource;
import dev.cloudtask.localcloud.services.apigateway.resource.StageResource;
import java.util.List;

/** API Gateway: control plane, data plane and CloudFormation types of REST APIs. */
public final class ApiGateway implements CloudService {
  private final CloudEnvironment environment;
  private final ControlPlane control;
  private final ExecuteApi executeApi;

  /**
   * Builds the service.
   *
   * @param functions runs the functions of integrations and authorizers
   * @param tokens judges tokens of user pools
   * @param roles opens sessions of roles that APIs are given
   * @param authorizer decides on signed requests, to stages and to the control plane
   * @param logs takes access and execution logs
   */
  public ApiGateway(
      CloudEnvironment environment,
      FunctionInvoker functions,
      TokenVerifier tokens,
      RoleSessions roles,
      Authorizer authorizer,
      LogSink logs) {
    this.environment = environment;
    ApiStore store = new ApiStore(environment.store());
    executeApi = new ExecuteApi(environment, store, functions, tokens, roles, authorizer, logs);
    control =
        new ControlPlane(
            environment, store, authorizer, roles, new TrialRun(environment, executeApi));
  }

  @Override
  public ServiceEndpoint endpoint() {
    return control;
  }

  @Override
  public List<Site> sites() {
    return List.of(executeApi);
  }

  @Override
  public Operations operations() {
    return Operations.of(control.operations(), control.refusedOperations());
  }

  @Override
  public List<ResourceProvider> resources() {
    return List.of(
        new RestApiResource(control.restApis()),
        new PathResource(control.resources()),
        new MethodResource(environment.store(), control.methods(), control.integrations()),
        new AuthorizerResource(control.authorizers()),
        new ModelResource(control.models()),
        new RequestValidatorResource(control.validators()),
        new GatewayResponseResource(control.gatewayResponses(), environment.ids()),
        new DeploymentResource(control.deployments(), control.stages()),
        new StageResource(control.stages()),
        new AccountResource(control.account(), environment.ids()));
  }

  @Override
  public void close() {
    executeApi.close();
  }
}
