package dev.cloudtask.localcloud.services.cloudformation;

import dev.cloudtask.localcloud.cloudformation.stack.ChangeSetRecord;
import dev.cloudtask.localcloud.cloudformation.stack.StackEngine;
import dev.cloudtask.localcloud.cloudformation.stack.StackErrors;
import dev.cloudtask.localcloud.cloudformation.stack.StackRecord;
import dev.cloudtask.localcloud.gateway.ServiceCall;
import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.protocol.NotEmulated;
import dev.cloudtask.localcloud.protocol.awsquery.QueryInput;
import dev.cloudtask.localcloud.protocol.awsquery.QueryProtocol;
import dev.cloudtask.localcloud.protocol.awsquery.QueryResult;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The operations on change sets; they are worked out at once. */
final class ChangeSetOperations {
  private final StackEngine engine;
  private final Requests requests;

  ChangeSetOperations(StackEngine engine, Requests requests) {
    this.engine = engine;
    this.requests = requests;
  }

  void addTo(QueryProtocol<ServiceCall> protocol) {
    protocol
        .operation(
            "CreateChangeSet",
            this::create,
            "StackName",
            "ChangeSetName",
            "ChangeSetType",
            "TemplateBody",
            "TemplateURL",
            "UsePreviousTemplate",
            "Parameters",
            "Tags",
            "Capabilities",
            "Description",
            "OnStackFailure",
            "ClientToken")
        .operation(
            "DescribeChangeSet",
            this::describe,
            "ChangeSetName",
            "StackName",
            "NextToken",
            "IncludePropertyValues")
        .operation(
            "ExecuteChangeSet",
            this::execute,
            "ChangeSetName",
            "StackName",
            "ClientRequestToken",
            "DisableRollback")
        .operation("DeleteChangeSet", this::delete, "ChangeSetName", "StackName")
        .operation("ListChangeSets", this::list, "StackName", "NextToken");
  }

  static ChangeSetRecord find(StackEngine engine, String nameOrId, @Nullable String stack) {
    if (stack != null && engine.store().find(stack).isEmpty()) {
      throw StackErrors.noStack(stack);
    }
    return engine
        .store()
        .changeSet(nameOrId, stack)
        .orElseThrow(
            () ->
                new AwsException(
                    "ChangeSetNotFound", 404, "ChangeSet [" + nameOrId + "] does not exist"));
  }

  private ChangeSetRecord find(QueryInput input) {
    return find(engine, name(input), input.text("StackName").orElse(null));
  }

  /** Without a stack's name only an ARN tells which change set is meant. */
  private static String name(QueryInput input) {
    String name = input.required("ChangeSetName");
    if (!name.startsWith("arn:") && input.text("StackName").isEmpty()) {
      throw StackErrors.validation(
          "StackName must be specified if ChangeSetName is not specified as an ARN.");
    }
    return name;
  }

  private void create(ServiceCall call, QueryInput input, QueryResult result) {
    String name = input.required("ChangeSetName");
    if (!name.matches("[a-zA-Z][-a-zA-Z0-9]*") || name.length() > 128) {
      throw StackErrors.validation(
          "1 validation error detected: Value '"
              + name
              + "' at 'changeSetName' failed to satisfy constraint: Member must satisfy regular"
              + " expression pattern: [a-zA-Z][-a-zA-Z0-9]*");
    }
    String type = input.text("ChangeSetType").orElse("UPDATE");
    if (type.equals("IMPORT")) {
      throw NotEmulated.parameter(
          "CloudFormation",
          "CreateChangeSet",
          "ChangeSetType=IMPORT",
          "There are CREATE and UPDATE.");
    }
    boolean creates = type.equals("CREATE");
    String stackName = creates ? Requests.newName(input) : Requests.stackName(input);
    Optional<StackRecord> stack = engine.store().find(stackName).filter(s -> !s.isDeleted());
    if (!creates && stack.isEmpty()) {
      throw StackErrors.noStack(stackName);
    }
    ChangeSetRecord made =
        engine.createChangeSet(
            name,
            type,
            input.text("Description").orElse(null),
            requests.read(
                input, call, stack.map(StackRecord::name).orElse(stackName), stack.orElse(null)));
    result.text("Id", made.id()).text("StackId", made.stackId());
  }

  private void describe(ServiceCall call, QueryInput input, QueryResult result) {
    ChangeSetRecord changeSet = find(input);
    Page<ChangeSetRecord.Change> page =
        Page.of(changeSet.changes(), input.text("NextToken"), ChangeSetRecord.Change::logicalId);
    result
        .text("ChangeSetName", changeSet.name())
        .text("ChangeSetId", changeSet.id())
        .text("StackId", changeSet.stackId())
        .text("StackName", changeSet.stackName())
        .text("Description", Optional.ofNullable(changeSet.description()));
    StackOperations.writeParameters(result, changeSet.source());
    result
        .timeMillis("CreationTime", changeSet.created())
        .text("ExecutionStatus", changeSet.executionStatus())
        .text("Status", changeSet.status())
        .text("StatusReason", Optional.ofNullable(changeSet.reason()))
        .texts("NotificationARNs", List.of())
        .structure("RollbackConfiguration", nothing -> {})
        .texts("Capabilities", changeSet.source().capabilities())
        .keyValues("Tags", changeSet.source().tags())
        .list("Changes", page.items(), ChangeSetOperations::change)
        .text("NextToken", page.nextToken())
        .text("IncludeNestedStacks", false);
  }

  private static void change(QueryResult member, ChangeSetRecord.Change change) {
    member
        .text("Type", "Resource")
        .structure(
            "ResourceChange",
            resource -> {
              resource
                  .text("Action", change.action())
                  .text("LogicalResourceId", change.logicalId())
                  .text("PhysicalResourceId", Optional.ofNullable(change.physicalId()))
                  .text("ResourceType", change.type())
                  .text("Replacement", Optional.ofNullable(change.replacement()))
                  .texts("Scope", scope(change))
                  .list("Details", change.properties(), ChangeSetOperations::detail);
            });
  }

  private static List<String> scope(ChangeSetRecord.Change change) {
    if (!change.properties().isEmpty()) {
      return List.of("Properties");
    }
    return change.tagsChange() ? List.of("Tags") : List.of();
  }

  private static void detail(QueryResult member, ChangeSetRecord.PropertyChange property) {
    member
        .structure(
            "Target",
            target ->
                target
                    .text("Attribute", "Properties")
                    .text("Name", property.name())
                    .text("RequiresRecreation", property.requiresRecreation()))
        .text("Evaluation", "Static")
        .text("ChangeSource", "DirectModification");
  }

  private void execute(ServiceCall call, QueryInput input, QueryResult result) {
    if (input.bool("DisableRollback").orElse(false)) {
      throw NotEmulated.parameter(
          "CloudFormation",
          "ExecuteChangeSet",
          "DisableRollback=true",
          "Give OnStackFailure to CreateChangeSet instead.");
    }
    engine.execute(find(input), input.text("ClientRequestToken").orElse(null), call.caller());
    result.present();
  }

  private void delete(ServiceCall call, QueryInput input, QueryResult result) {
    String name = name(input);
    Optional<String> stack = input.text("StackName");
    if (stack.isPresent() && engine.store().find(stack.get()).isEmpty()) {
      throw StackErrors.noStack(stack.get());
    }
    engine.store().changeSet(name, stack.orElse(null)).ifPresent(engine::deleteChangeSet);
    result.present();
  }

  private void list(ServiceCall call, QueryInput input, QueryResult result) {
    StackRecord stack = StackOperations.find(engine, Requests.stackName(input));
    Page<ChangeSetRecord> page =
        Page.of(
            engine.store().changeSets(stack.id()), input.text("NextToken"), ChangeSetRecord::id);
    result.list(
        "Summaries",
        page.items(),
        (member, changeSet) ->
            member
                .text("StackId", changeSet.stackId())
                .text("StackName", changeSet.stackName())
                .text("ChangeSetId", changeSet.id())
                .text("ChangeSetName", changeSet.name())
                .text("ExecutionStatus", changeSet.executionStatus())
                .text("Status", changeSet.status())
                .text("StatusReason", Optional.ofNullable(changeSet.reason()))
                .timeMillis("CreationTime", changeSet.created())
                .text("Description", Optional.ofNullable(changeSet.description()))
                .text("IncludeNestedStacks", false));
    result.text("NextToken", page.nextToken());
  }
}
