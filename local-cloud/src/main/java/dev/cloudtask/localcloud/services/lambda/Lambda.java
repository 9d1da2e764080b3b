package dev.cloudtask.localcloud.services.lambda;

import dev.cloudtask.localcloud.cloudformation.resource.ResourceProvider;
import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.gateway.ServiceEndpoint;
import dev.cloudtask.localcloud.http.HttpServer;
import dev.cloudtask.localcloud.iam.AccessRequest;
import dev.cloudtask.localcloud.iam.Caller;
import dev.cloudtask.localcloud.iam.Verdict;
import dev.cloudtask.localcloud.ports.Authorizer;
import dev.cloudtask.localcloud.ports.FunctionInvoker;
import dev.cloudtask.localcloud.ports.LogSink;
import dev.cloudtask.localcloud.ports.ObjectReader;
import dev.cloudtask.localcloud.ports.RoleSessions;
import dev.cloudtask.localcloud.services.CloudService;
import dev.cloudtask.localcloud.services.Operations;
import dev.cloudtask.localcloud.services.lambda.execution.ExecutionEnvironments;
import dev.cloudtask.localcloud.services.lambda.execution.InvocationResult;
import dev.cloudtask.localcloud.trace.Span;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** AWS Lambda. */
public final class Lambda implements CloudService, FunctionInvoker {
  private final CloudEnvironment cloud;
  private final Authorizer authorizer;
  private final ExecutionEnvironments environments;
  private final Functions functions;
  private final Invocations invocations;
  private final AsyncInvocations asynchronous;
  private final LambdaEndpoint endpoint;
  private final List<ResourceProvider> resources;

  /**
   * Creates the service.
   *
   * @param workFolder where functions are laid out while this cloud runs
   * @param endpoint where this cloud answers: functions find it in {@code AWS_ENDPOINT_URL}
   */
  public Lambda(
      CloudEnvironment cloud,
      Path workFolder,
      Authorizer authorizer,
      RoleSessions roles,
      LogSink logs,
      ObjectReader objects,
      HttpServer.Factory servers,
      Supplier<URI> endpoint) {
    this.cloud = cloud;
    this.authorizer = authorizer;
    Path folder = workFolder.toAbsolutePath().resolve("lambda");
    this.environments =
        new ExecutionEnvironments(
            cloud, folder.resolve("environments"), roles, logs, servers, endpoint);
    FunctionStore store = new FunctionStore(cloud);
    CodeStore code = new CodeStore(cloud, folder.resolve("code"));
    LambdaJson json = new LambdaJson(cloud);
    this.functions = new Functions(cloud, store, code, objects, roles, environments);
    this.invocations = new Invocations(cloud, functions, environments);
    this.asynchronous = new AsyncInvocations(cloud, invocations);
    AliasOperations aliases = new AliasOperations(cloud, store, json);
    PolicyOperations policies = new PolicyOperations(cloud, store);
    SettingsOperations settings = new SettingsOperations(store);
    this.endpoint =
        new LambdaEndpoint(
            cloud,
            authorizer,
            code,
            store,
            new FunctionOperations(functions, json, endpoint),
            aliases,
            policies,
            settings,
            new InvokeOperation(invocations, asynchronous, store));
    this.resources =
        List.of(
            new FunctionResource(functions, settings, json),
            new PermissionResource(cloud, policies),
            new VersionResource(functions, json, cloud),
            new AliasResource(aliases, json, cloud));
  }

  @Override
  public ServiceEndpoint endpoint() {
    return endpoint;
  }

  @Override
  public Operations operations() {
    return Operations.of(endpoint.operations(), endpoint.refused());
  }

  @Override
  public List<ResourceProvider> resources() {
    return resources;
  }

  @Override
  public void started() {
    functions.resume();
    asynchronous.resume();
  }

  @Override
  public Result invoke(Caller caller, String functionArn, byte[] payload, Span span) {
    FunctionRef function = FunctionRef.parse(functionArn, Optional.empty(), cloud);
    functions.store().requireVersion(function);
    AccessRequest question =
        AccessRequest.of(caller, "lambda:InvokeFunction", function.qualifiedArn(cloud))
            .withResourcePolicy(functions.store().policy(function).map(ResourcePolicy::json));
    if (caller instanceof Caller.Service service) {
      question =
          question.withContext(
              Map.of(
                  "aws:SourceArn", List.of(service.sourceArn()),
                  "aws:SourceAccount", List.of(service.sourceAccount())));
    }
    Verdict verdict = authorizer.decide(question, span);
    if (!verdict.allowed()) {
      throw LambdaErrors.accessDenied(verdict.message());
    }
    InvocationResult result =
        invocations.invoke(function, cloud.ids().uuid(), payload, Optional.empty(), span);
    return new Result(result.payload(), result.functionError());
  }

  @Override
  public void close() {
    asynchronous.close();
    functions.close();
    environments.close();
  }
}
