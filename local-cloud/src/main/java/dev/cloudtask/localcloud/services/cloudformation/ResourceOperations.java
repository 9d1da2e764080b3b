package dev.cloudtask.localcloud.services.cloudformation;

import dev.cloudtask.localcloud.cloudformation.stack.EventRecord;
import dev.cloudtask.localcloud.cloudformation.stack.ResourceRecord;
import dev.cloudtask.localcloud.cloudformation.stack.StackEngine;
import dev.cloudtask.localcloud.cloudformation.stack.StackErrors;
import dev.cloudtask.localcloud.cloudformation.stack.StackRecord;
import dev.cloudtask.localcloud.cloudformation.stack.StackStore;
import dev.cloudtask.localcloud.gateway.ServiceCall;
import dev.cloudtask.localcloud.protocol.awsquery.QueryInput;
import dev.cloudtask.localcloud.protocol.awsquery.QueryProtocol;
import dev.cloudtask.localcloud.protocol.awsquery.QueryResult;
import java.util.List;
import java.util.Optional;

/** The operations that tell of a stack's resources, events, exports and imports. */
final class ResourceOperations {
  private final StackEngine engine;

  ResourceOperations(StackEngine engine) {
    this.engine = engine;
  }

  void addTo(QueryProtocol<ServiceCall> protocol) {
    protocol
        .operation("DescribeStackResource", this::resource, "StackName", "LogicalResourceId")
        .operation(
            "DescribeStackResources",
            this::resources,
            "StackName",
            "LogicalResourceId",
            "PhysicalResourceId")
        .operation("ListStackResources", this::list, "StackName", "NextToken")
        .operation("DescribeStackEvents", this::events, "StackName", "NextToken")
        .operation("ListExports", this::exports, "NextToken")
        .operation("ListImports", this::imports, "ExportName", "NextToken");
  }

  private void resource(ServiceCall call, QueryInput input, QueryResult result) {
    StackRecord stack = existing(Requests.stackName(input));
    String logicalId = input.required("LogicalResourceId");
    ResourceRecord found =
        engine.store().resources(stack.id()).stream()
            .filter(each -> each.logicalId().equals(logicalId))
            .findFirst()
            .orElseThrow(
                () ->
                    StackErrors.validation(
                        "Resource " + logicalId + " does not exist for stack " + stack.name()));
    result.structure(
        "StackResourceDetail",
        detail -> {
          detail.text("StackName", stack.name()).text("StackId", stack.id());
          common(detail, found);
          detail.timeMillis("LastUpdatedTimestamp", found.at());
          status(detail, found);
        });
  }

  private StackRecord existing(String nameOrId) {
    return engine
        .store()
        .find(nameOrId)
        .orElseThrow(() -> StackErrors.validation("Stack '" + nameOrId + "' does not exist"));
  }

  private static void common(QueryResult result, ResourceRecord resource) {
    result
        .text("LogicalResourceId", resource.logicalId())
        .text("PhysicalResourceId", Optional.ofNullable(resource.physicalId()))
        .text("ResourceType", resource.type());
  }

  private static void status(QueryResult result, ResourceRecord resource) {
    result
        .text("ResourceStatus", resource.status())
        .text("ResourceStatusReason", Optional.ofNullable(resource.reason()))
        .structure(
            "DriftInformation", drift -> drift.text("StackResourceDriftStatus", "NOT_CHECKED"));
  }

  private void resources(ServiceCall call, QueryInput input, QueryResult result) {
    Optional<String> physicalId = input.text("PhysicalResourceId").filter(v -> !v.isEmpty());
    Optional<String> logicalId = input.text("LogicalResourceId").filter(v -> !v.isEmpty());
    StackRecord stack =
        input.has("StackName")
            ? StackOperations.find(engine, Requests.stackName(input))
            : owner(
                physicalId.orElseThrow(
                    () ->
                        StackErrors.validation(
                            "Must specify either StackName or PhysicalResourceId")));
    List<ResourceRecord> found =
        engine.store().resources(stack.id()).stream()
            .filter(each -> logicalId.map(each.logicalId()::equals).orElse(true))
            .toList();
    result.list(
        "StackResources",
        found,
        (member, resource) -> {
          member.text("StackName", stack.name()).text("StackId", stack.id());
          common(member, resource);
          member.timeMillis("Timestamp", resource.at());
          status(member, resource);
        });
  }

  private StackRecord owner(String physicalId) {
    return engine.store().all().stream()
        .filter(stack -> !stack.isDeleted())
        .filter(
            stack ->
                engine.store().resources(stack.id()).stream()
                    .anyMatch(each -> physicalId.equals(each.physicalId())))
        .findFirst()
        .orElseThrow(() -> StackErrors.validation("Stack for " + physicalId + " does not exist"));
  }

  private void list(ServiceCall call, QueryInput input, QueryResult result) {
    StackRecord stack = StackOperations.find(engine, Requests.stackName(input));
    Page<ResourceRecord> page =
        Page.of(
            engine.store().resources(stack.id()),
            input.text("NextToken"),
            ResourceRecord::logicalId);
    result.list(
        "StackResourceSummaries",
        page.items(),
        (member, resource) -> {
          common(member, resource);
          member.timeMillis("LastUpdatedTimestamp", resource.at());
          status(member, resource);
        });
    result.text("NextToken", page.nextToken());
  }

  private void events(ServiceCall call, QueryInput input, QueryResult result) {
    String name = Requests.stackName(input);
    StackRecord stack = engine.store().find(name).orElseThrow(() -> StackErrors.noStack(name));
    Page<EventRecord> page =
        Page.of(engine.store().events(stack.id()), input.text("NextToken"), EventRecord::id);
    result.list(
        "StackEvents",
        page.items(),
        (member, event) ->
            member
                .text("StackId", event.stackId())
                .text("EventId", event.id())
                .text("StackName", event.stackName())
                .text("LogicalResourceId", event.logicalId())
                .text("PhysicalResourceId", event.physicalId())
                .text("ResourceType", event.type())
                .timeMillis("Timestamp", event.at())
                .text("ResourceStatus", event.status())
                .text("ResourceStatusReason", Optional.ofNullable(event.reason()))
                .text("ResourceProperties", Optional.ofNullable(event.properties()))
                .text("ClientRequestToken", Optional.ofNullable(event.token()))
                .text("DetailedStatus", Optional.ofNullable(event.detailedStatus())));
    result.text("NextToken", page.nextToken());
  }

  private void exports(ServiceCall call, QueryInput input, QueryResult result) {
    Page<StackStore.Export> page =
        Page.of(engine.store().exports(), input.text("NextToken"), StackStore.Export::name);
    result.list(
        "Exports",
        page.items(),
        (member, export) ->
            member
                .text("ExportingStackId", export.stackId())
                .text("Name", export.name())
                .text("Value", export.value()));
    result.text("NextToken", page.nextToken());
  }

  private void imports(ServiceCall call, QueryInput input, QueryResult result) {
    String name = input.required("ExportName");
    List<String> importers = engine.store().importers(name);
    if (importers.isEmpty()) {
      throw StackErrors.validation("Export '" + name + "' is not imported by any stack.");
    }
    result.texts("Imports", importers);
  }
}
