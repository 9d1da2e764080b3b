package dev.cloudtask.localcloud.services.cloudformation;

import dev.cloudtask.localcloud.cloudformation.stack.Deployment;
import dev.cloudtask.localcloud.cloudformation.stack.StackEngine;
import dev.cloudtask.localcloud.cloudformation.stack.StackErrors;
import dev.cloudtask.localcloud.cloudformation.stack.StackRecord;
import dev.cloudtask.localcloud.cloudformation.stack.StackSource;
import dev.cloudtask.localcloud.gateway.ServiceCall;
import dev.cloudtask.localcloud.protocol.NotEmulated;
import dev.cloudtask.localcloud.protocol.awsquery.QueryInput;
import dev.cloudtask.localcloud.protocol.awsquery.QueryProtocol;
import dev.cloudtask.localcloud.protocol.awsquery.QueryResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The operations on stacks as a whole. */
final class StackOperations {
  private final StackEngine engine;
  private final Requests requests;

  StackOperations(StackEngine engine, Requests requests) {
    this.engine = engine;
    this.requests = requests;
  }

  void addTo(QueryProtocol<ServiceCall> protocol) {
    protocol
        .operation(
            "CreateStack",
            this::create,
            "StackName",
            "TemplateBody",
            "TemplateURL",
            "Parameters",
            "Tags",
            "Capabilities",
            "OnFailure",
            "DisableRollback",
            "EnableTerminationProtection",
            "ClientRequestToken")
        .operation(
            "UpdateStack",
            this::update,
            "StackName",
            "TemplateBody",
            "TemplateURL",
            "UsePreviousTemplate",
            "Parameters",
            "Tags",
            "Capabilities",
            "DisableRollback",
            "ClientRequestToken")
        .operation(
            "DeleteStack", this::delete, "StackName", "RetainResources", "ClientRequestToken")
        .operation("DescribeStacks", this::describe, "StackName", "NextToken")
        .operation("ListStacks", this::list, "StackStatusFilter", "NextToken")
        .operation(
            "UpdateTerminationProtection",
            this::protect,
            "StackName",
            "EnableTerminationProtection");
  }

  private void create(ServiceCall call, QueryInput input, QueryResult result) {
    String name = Requests.newName(input);
    Deployment deployment = engine.create(requests.read(input, call, name, null));
    result.text("StackId", deployment.stackId());
  }

  private void update(ServiceCall call, QueryInput input, QueryResult result) {
    String name = Requests.stackName(input);
    StackRecord stack =
        engine
            .store()
            .find(name)
            .filter(each -> !each.isDeleted())
            .orElseThrow(() -> StackErrors.noStack(name));
    if (input.bool("DisableRollback").orElse(false)) {
      throw NotEmulated.parameter(
          "CloudFormation", "UpdateStack", "DisableRollback=true", "Leave it out.");
    }
    result.text(
        "StackId", engine.update(requests.read(input, call, stack.name(), stack)).stackId());
  }

  private void delete(ServiceCall call, QueryInput input, QueryResult result) {
    engine.delete(
        Requests.stackName(input),
        Set.copyOf(input.texts("RetainResources")),
        input.text("ClientRequestToken").orElse(null),
        call.caller());
  }

  private void protect(ServiceCall call, QueryInput input, QueryResult result) {
    boolean on =
        input
            .bool("EnableTerminationProtection")
            .orElseThrow(
                () ->
                    StackErrors.validation(
                        "1 validation error detected: Value null at"
                            + " 'enableTerminationProtection' failed to satisfy constraint: Member"
                            + " must not be null"));
    result.text("StackId", engine.protect(Requests.stackName(input), on).id());
  }

  private void describe(ServiceCall call, QueryInput input, QueryResult result) {
    Optional<String> name = input.text("StackName").filter(text -> !text.isEmpty());
    List<StackRecord> stacks =
        name.map(each -> List.of(find(engine, each)))
            .orElseGet(
                () -> engine.store().all().stream().filter(each -> !each.isDeleted()).toList());
    Page<StackRecord> page = Page.of(stacks, input.text("NextToken"), StackRecord::id);
    result.list("Stacks", page.items(), StackOperations::write);
    result.text("NextToken", page.nextToken());
  }

  /** Finds a stack by name or ARN for an operation that describes. */
  static StackRecord find(StackEngine engine, String nameOrId) {
    return engine.store().find(nameOrId).orElseThrow(() -> StackErrors.noStackWithId(nameOrId));
  }

  private static void write(QueryResult result, StackRecord stack) {
    StackSource source = stack.source();
    result
        .text("StackId", stack.id())
        .text("StackName", stack.name())
        .text("ChangeSetId", Optional.ofNullable(stack.changeSetId()))
        .text("Description", Optional.ofNullable(source.description()));
    writeParameters(result, source);
    result.timeMillis("CreationTime", stack.created());
    Optional.ofNullable(stack.deleted()).ifPresent(at -> result.timeMillis("DeletionTime", at));
    Optional.ofNullable(stack.updated()).ifPresent(at -> result.timeMillis("LastUpdatedTime", at));
    result
        .structure("RollbackConfiguration", nothing -> {})
        .text("StackStatus", stack.status())
        .text("StackStatusReason", Optional.ofNullable(stack.reason()))
        .text("DisableRollback", stack.onFailure().equals("DO_NOTHING"))
        .texts("NotificationARNs", List.of());
    if (!source.capabilities().isEmpty()) {
      result.texts("Capabilities", source.capabilities());
    }
    if (!stack.outputs().isEmpty()) {
      result.list(
          "Outputs",
          stack.outputs(),
          (member, output) ->
              member
                  .text("OutputKey", output.key())
                  .text("OutputValue", output.value())
                  .text("Description", Optional.ofNullable(output.description()))
                  .text("ExportName", Optional.ofNullable(output.exportName())));
    }
    result
        .keyValues("Tags", source.tags())
        .text("EnableTerminationProtection", stack.terminationProtection())
        .structure("DriftInformation", drift -> drift.text("StackDriftStatus", "NOT_CHECKED"));
  }

  /** Writes parameters; of those declared NoEcho only that they are there. */
  static void writeParameters(QueryResult result, StackSource source) {
    if (!source.parameters().isEmpty()) {
      result.list(
          "Parameters",
          source.parameters().entrySet(),
          (member, parameter) ->
              member
                  .text("ParameterKey", parameter.getKey())
                  .text("ParameterValue", shown(source, parameter)));
    }
  }

  private static String shown(StackSource source, Map.Entry<String, String> parameter) {
    return source.secrets().contains(parameter.getKey()) ? "****" : parameter.getValue();
  }

  private void list(ServiceCall call, QueryInput input, QueryResult result) {
    List<String> wanted = input.texts("StackStatusFilter");
    List<StackRecord> stacks =
        engine.store().all().stream()
            .filter(stack -> wanted.isEmpty() || wanted.contains(stack.status()))
            .toList();
    Page<StackRecord> page = Page.of(stacks, input.text("NextToken"), StackRecord::id);
    result.list("StackSummaries", page.items(), StackOperations::summarise);
    result.text("NextToken", page.nextToken());
  }

  private static void summarise(QueryResult result, StackRecord stack) {
    result
        .text("StackId", stack.id())
        .text("StackName", stack.name())
        .text("TemplateDescription", Optional.ofNullable(stack.source().description()))
        .timeMillis("CreationTime", stack.created());
    Optional.ofNullable(stack.updated()).ifPresent(at -> result.timeMillis("LastUpdatedTime", at));
    Optional.ofNullable(stack.deleted()).ifPresent(at -> result.timeMillis("DeletionTime", at));
    result
        .text("StackStatus", stack.status())
        .text("StackStatusReason", Optional.ofNullable(stack.reason()))
        .structure("DriftInformation", drift -> drift.text("StackDriftStatus", "NOT_CHECKED"));
  }
}
