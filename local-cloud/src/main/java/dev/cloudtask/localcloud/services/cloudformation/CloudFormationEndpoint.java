package dev.cloudtask.localcloud.services.cloudformation;

import dev.cloudtask.localcloud.cloudformation.stack.StackEngine;
import dev.cloudtask.localcloud.cloudformation.stack.StackErrors;
import dev.cloudtask.localcloud.cloudformation.template.TemplateException;
import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.gateway.ServiceCall;
import dev.cloudtask.localcloud.gateway.ServiceEndpoint;
import dev.cloudtask.localcloud.http.HttpRequest;
import dev.cloudtask.localcloud.http.HttpResponse;
import dev.cloudtask.localcloud.iam.AccessRequest;
import dev.cloudtask.localcloud.iam.Verdict;
import dev.cloudtask.localcloud.ports.Authorizer;
import dev.cloudtask.localcloud.ports.ObjectReader;
import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.protocol.awsquery.QueryInput;
import dev.cloudtask.localcloud.protocol.awsquery.QueryProtocol;
import dev.cloudtask.localcloud.services.Operations;
import java.util.List;
import java.util.Optional;

/** The API as clients see it. */
final class CloudFormationEndpoint implements ServiceEndpoint {
  /** AWS's operations that are refused by name. */
  private static final List<String> REFUSED =
      List.of(
          "ActivateOrganizationsAccess",
          "ActivateType",
          "BatchDescribeTypeConfigurations",
          "CancelUpdateStack",
          "ContinueUpdateRollback",
          "CreateGeneratedTemplate",
          "CreateStackInstances",
          "CreateStackRefactor",
          "CreateStackSet",
          "DeactivateOrganizationsAccess",
          "DeactivateType",
          "DeleteGeneratedTemplate",
          "DeleteStackInstances",
          "DeleteStackSet",
          "DeregisterType",
          "DescribeAccountLimits",
          "DescribeChangeSetHooks",
          "DescribeEvents",
          "DescribeGeneratedTemplate",
          "DescribeOrganizationsAccess",
          "DescribePublisher",
          "DescribeResourceScan",
          "DescribeStackDriftDetectionStatus",
          "DescribeStackInstance",
          "DescribeStackRefactor",
          "DescribeStackResourceDrifts",
          "DescribeStackSet",
          "DescribeStackSetOperation",
          "DescribeType",
          "DescribeTypeRegistration",
          "DetectStackDrift",
          "DetectStackResourceDrift",
          "DetectStackSetDrift",
          "EstimateTemplateCost",
          "ExecuteStackRefactor",
          "GetGeneratedTemplate",
          "GetHookResult",
          "GetStackPolicy",
          "ImportStacksToStackSet",
          "ListGeneratedTemplates",
          "ListHookResults",
          "ListResourceScanRelatedResources",
          "ListResourceScanResources",
          "ListResourceScans",
          "ListStackInstanceResourceDrifts",
          "ListStackInstances",
          "ListStackRefactorActions",
          "ListStackRefactors",
          "ListStackSetAutoDeploymentTargets",
          "ListStackSetOperationResults",
          "ListStackSetOperations",
          "ListStackSets",
          "ListTypeRegistrations",
          "ListTypeVersions",
          "ListTypes",
          "PublishType",
          "RecordHandlerProgress",
          "RegisterPublisher",
          "RegisterType",
          "RollbackStack",
          "SetStackPolicy",
          "SetTypeConfiguration",
          "SetTypeDefaultVersion",
          "SignalResource",
          "StartResourceScan",
          "StopStackSetOperation",
          "TestType",
          "UpdateGeneratedTemplate",
          "UpdateStackInstances",
          "UpdateStackSet");

  private final CloudEnvironment environment;
  private final Authorizer authorizer;
  private final StackEngine engine;
  private final QueryProtocol<ServiceCall> protocol =
      new QueryProtocol<>(
          "cloudformation", "2010-05-15", "http://cloudformation.amazonaws.com/doc/2010-05-15/");

  CloudFormationEndpoint(
      CloudEnvironment environment,
      Authorizer authorizer,
      ObjectReader objects,
      StackEngine engine) {
    this.environment = environment;
    this.authorizer = authorizer;
    this.engine = engine;
    Requests requests = new Requests(objects);
    new StackOperations(engine, requests).addTo(protocol);
    new ResourceOperations(engine).addTo(protocol);
    new TemplateOperations(engine, requests).addTo(protocol);
    new ChangeSetOperations(engine, requests).addTo(protocol);
    protocol.refused(REFUSED);
  }

  Operations operations() {
    return Operations.of(protocol.operations(), protocol.refused());
  }

  @Override
  public String signingName() {
    return "cloudformation";
  }

  @Override
  public boolean recognises(HttpRequest request) {
    return protocol.recognises(request);
  }

  @Override
  public HttpResponse handle(ServiceCall call) {
    authorize(call);
    try {
      return protocol.handle(call.http(), call, call.requestId());
    } catch (TemplateException e) {
      e.position().ifPresent(at -> call.span().note("position", at));
      if (!e.advice().isEmpty()) {
        call.span().note("advice", e.advice());
      }
      throw StackErrors.of(e);
    }
  }

  private void authorize(ServiceCall call) {
    QueryInput input = QueryInput.of(call.http());
    String action = QueryProtocol.action(call.http());
    Optional<String> name = input.text("StackName").filter(text -> !text.isEmpty());
    String resource =
        name.map(
                text ->
                    engine
                        .store()
                        .find(text)
                        .map(stack -> stack.id())
                        .orElseGet(() -> environment.arn("cloudformation", "stack/" + text + "/*")))
            .orElse("*");
    Verdict verdict =
        authorizer.decide(
            AccessRequest.of(call.caller(), "cloudformation:" + action, resource), call.span());
    if (!verdict.allowed()) {
      throw new AwsException("AccessDenied", 403, verdict.message());
    }
  }

  @Override
  public HttpResponse failure(AwsException failure, ServiceCall call) {
    return protocol.failure(failure, call.requestId());
  }
}
