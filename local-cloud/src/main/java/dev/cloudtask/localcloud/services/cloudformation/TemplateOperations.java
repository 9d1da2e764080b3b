package dev.cloudtask.localcloud.services.cloudformation;

import dev.cloudtask.localcloud.cloudformation.declaration.Template;
import dev.cloudtask.localcloud.cloudformation.specification.TypeSpecification;
import dev.cloudtask.localcloud.cloudformation.stack.Capabilities;
import dev.cloudtask.localcloud.cloudformation.stack.StackEngine;
import dev.cloudtask.localcloud.cloudformation.stack.StackErrors;
import dev.cloudtask.localcloud.gateway.ServiceCall;
import dev.cloudtask.localcloud.protocol.awsquery.QueryInput;
import dev.cloudtask.localcloud.protocol.awsquery.QueryProtocol;
import dev.cloudtask.localcloud.protocol.awsquery.QueryResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The operations on templates. */
final class TemplateOperations {
  private final StackEngine engine;
  private final Requests requests;

  TemplateOperations(StackEngine engine, Requests requests) {
    this.engine = engine;
    this.requests = requests;
  }

  void addTo(QueryProtocol<ServiceCall> protocol) {
    protocol
        .operation("GetTemplate", this::get, "StackName", "ChangeSetName", "TemplateStage")
        .operation("ValidateTemplate", this::validate, "TemplateBody", "TemplateURL")
        .operation("GetTemplateSummary", this::summary, "TemplateBody", "TemplateURL", "StackName");
  }

  private void get(ServiceCall call, QueryInput input, QueryResult result) {
    String body =
        input
            .text("ChangeSetName")
            .map(
                name ->
                    ChangeSetOperations.find(engine, name, input.text("StackName").orElse(null))
                        .source()
                        .templateBody())
            .orElseGet(
                () ->
                    StackOperations.find(engine, Requests.stackName(input))
                        .source()
                        .templateBody());
    result.text("TemplateBody", body).texts("StagesAvailable", List.of("Original", "Processed"));
  }

  private void validate(ServiceCall call, QueryInput input, QueryResult result) {
    Template template = template(input, call);
    result.list(
        "Parameters",
        template.parameters().values(),
        (member, parameter) ->
            member
                .text("ParameterKey", parameter.name())
                .text("DefaultValue", parameter.defaultValue())
                .text("NoEcho", parameter.noEcho())
                .text("Description", parameter.description()));
    result.text("Description", template.description());
    capabilities(template, result);
  }

  private Template template(QueryInput input, ServiceCall call) {
    return engine.read(requests.template(input, call).orElseThrow(Requests::noTemplate), "");
  }

  private void capabilities(Template template, QueryResult result) {
    Capabilities.required(template, engine.types())
        .ifPresent(
            needed ->
                result
                    .texts("Capabilities", List.of(needed))
                    .text(
                        "CapabilitiesReason",
                        "The following resource(s) require capabilities: "
                            + Capabilities.reasons(template)));
  }

  private void summary(ServiceCall call, QueryInput input, QueryResult result) {
    Optional<String> stack = input.text("StackName").filter(name -> !name.isEmpty());
    if (stack.isPresent() && (input.has("TemplateBody") || input.has("TemplateURL"))) {
      throw StackErrors.validation(
          "Only one of the following parameters should be specified: [StackName, TemplateBody,"
              + " TemplateURL]");
    }
    Template template =
        stack
            .map(
                name -> engine.read(StackOperations.find(engine, name).source().templateBody(), ""))
            .orElseGet(() -> template(input, call));
    result.list("Parameters", template.parameters().values(), TemplateOperations::parameter);
    result.text("Description", template.description());
    capabilities(template, result);
    Map<String, List<String>> types = types(template);
    result
        .texts("ResourceTypes", types.keySet())
        .text("Version", template.version().orElse("2010-09-09"));
    template.metadata().ifPresent(node -> result.text("Metadata", NodeText.json(node)));
    result.list(
        "ResourceIdentifierSummaries",
        types.entrySet(),
        (member, type) ->
            member
                .text("ResourceType", type.getKey())
                .texts("LogicalResourceIds", type.getValue())
                .texts("ResourceIdentifiers", identifiers(type.getKey())));
  }

  private static void parameter(QueryResult member, Template.Parameter parameter) {
    member
        .text("ParameterKey", parameter.name())
        .text("DefaultValue", parameter.defaultValue())
        .text("ParameterType", parameter.type())
        .text("NoEcho", parameter.noEcho())
        .text("Description", parameter.description())
        .structure(
            "ParameterConstraints",
            constraints -> {
              if (!parameter.allowedValues().isEmpty()) {
                constraints.texts("AllowedValues", parameter.allowedValues());
              }
            });
  }

  private static Map<String, List<String>> types(Template template) {
    Map<String, List<String>> types = new LinkedHashMap<>();
    template
        .resources()
        .values()
        .forEach(
            resource ->
                types
                    .computeIfAbsent(resource.type(), type -> new java.util.ArrayList<>())
                    .add(resource.logicalId()));
    return types;
  }

  private List<String> identifiers(String type) {
    return engine.types().find(type).map(TypeSpecification::primaryIdentifier).orElse(List.of());
  }
}
