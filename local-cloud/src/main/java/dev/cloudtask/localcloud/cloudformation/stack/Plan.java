package dev.cloudtask.localcloud.cloudformation.stack;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.cloudtask.localcloud.cloudformation.declaration.ParameterValues;
import dev.cloudtask.localcloud.cloudformation.declaration.References;
import dev.cloudtask.localcloud.cloudformation.declaration.Template;
import dev.cloudtask.localcloud.cloudformation.intrinsic.Evaluation;
import dev.cloudtask.localcloud.cloudformation.intrinsic.Expression;
import dev.cloudtask.localcloud.cloudformation.intrinsic.Scope;
import dev.cloudtask.localcloud.cloudformation.intrinsic.Unknown;
import dev.cloudtask.localcloud.cloudformation.specification.ResourceTypes;
import dev.cloudtask.localcloud.cloudformation.specification.TypeSpecification;
import dev.cloudtask.localcloud.cloudformation.template.TemplateException;
import dev.cloudtask.localcloud.environment.CloudEnvironment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A template with its parameters and conditions worked out: which resources there shall be. */
final class Plan {
  private final Template template;
  private final ParameterValues parameters;
  private final CloudEnvironment environment;
  private final ResourceTypes types;
  private final String stackId;
  private final String stackName;
  private final Function<String, Optional<String>> exports;
  private final Map<String, Boolean> conditions = new HashMap<>();
  private final Set<String> included = new LinkedHashSet<>();

  /**
   * Works a template out as far as is possible before anything is made.
   *
   * @param exports the values that other stacks export, by name
   * @throws TemplateException if parameters, conditions, mappings or references are wrong
   */
  Plan(
      Template template,
      Map<String, String> parameters,
      CloudEnvironment environment,
      ResourceTypes types,
      String stackId,
      String stackName,
      Function<String, Optional<String>> exports) {
    this.template = template;
    this.parameters = ParameterValues.check(template, parameters);
    this.environment = environment;
    this.types = types;
    this.stackId = stackId;
    this.stackName = stackName;
    this.exports = exports;
    template.conditions().keySet().forEach(this::condition);
    for (Template.Resource resource : template.resources().values()) {
      if (resource.condition().map(this::condition).orElse(true)) {
        included.add(resource.logicalId());
      }
    }
    References.checkIncluded(template, included);
    checkOutputs();
    included.forEach(
        id ->
            new Evaluation(new Names(name -> Optional.empty(), false))
                .evaluate(template.resource(id).properties()));
  }

  private void checkOutputs() {
    List<String> missing = new ArrayList<>();
    for (Template.Output output : outputs()) {
      dev.cloudtask.localcloud.cloudformation.declaration.ExpressionWalk.visit(
          output.value(),
          expression -> {
            String name =
                expression instanceof Expression.Ref ref
                    ? ref.name()
                    : expression instanceof Expression.GetAtt getAtt ? getAtt.logicalId() : "";
            if (template.resources().containsKey(name) && !included.contains(name)) {
              missing.add(name);
            }
          });
      if (!missing.isEmpty()) {
        throw new TemplateException(
            "Unresolved resource dependencies ["
                + String.join(", ", new LinkedHashSet<>(missing))
                + "] in the Outputs block of the template",
            output.position());
      }
    }
  }

  Template template() {
    return template;
  }

  String stackId() {
    return stackId;
  }

  String stackName() {
    return stackName;
  }

  Map<String, String> parameters() {
    return parameters.texts();
  }

  /**
   * Returns the logical ids of the resources that conditions leave in, in the order of the file.
   */
  Set<String> included() {
    return included;
  }

  /** Returns what a resource waits for. */
  Set<String> dependencies(String logicalId) {
    Set<String> names =
        new LinkedHashSet<>(References.dependencies(template, template.resource(logicalId)));
    names.retainAll(included);
    return names;
  }

  /** Returns the outputs that conditions leave in. */
  List<Template.Output> outputs() {
    return template.outputs().values().stream()
        .filter(output -> output.condition().map(this::condition).orElse(true))
        .toList();
  }

  /** Returns the evaluation in which resources are what {@code made} knows of them. */
  Evaluation evaluation(Function<String, Optional<ResourceRecord>> made) {
    return new Evaluation(new Names(made, true));
  }

  /** Returns a resource's properties as far as they are known. */
  JsonObject properties(String logicalId, Function<String, Optional<ResourceRecord>> made) {
    return evaluation(made).evaluate(template.resource(logicalId).properties()).getAsJsonObject();
  }

  private boolean condition(String name) {
    Boolean known = conditions.get(name);
    if (known == null) {
      known =
          new Evaluation(new Names(id -> Optional.empty(), false)).test(template.condition(name));
      conditions.put(name, known);
    }
    return known;
  }

  /** What names stand for in this plan. */
  private final class Names implements Scope {
    private final Function<String, Optional<ResourceRecord>> made;
    private final boolean strict;

    Names(Function<String, Optional<ResourceRecord>> made, boolean strict) {
      this.made = made;
      this.strict = strict;
    }

    @Override
    public JsonElement ref(Expression.Ref ref) {
      return parameters
          .ref(ref.name())
          .or(() -> pseudo(ref.name()))
          .orElseGet(
              () ->
                  made.apply(ref.name())
                      .filter(ResourceRecord::exists)
                      .<JsonElement>map(resource -> new JsonPrimitive(resource.state().ref()))
                      .orElse(Unknown.VALUE));
    }

    private Optional<JsonElement> pseudo(String name) {
      return switch (name) {
        case "AWS::AccountId" -> Optional.of(new JsonPrimitive(environment.accountId()));
        case "AWS::NotificationARNs" -> Optional.of(new JsonArray());
        case "AWS::Partition" -> Optional.of(new JsonPrimitive("aws"));
        case "AWS::Region" -> Optional.of(new JsonPrimitive(environment.region()));
        case "AWS::StackId" -> Optional.of(new JsonPrimitive(stackId));
        case "AWS::StackName" -> Optional.of(new JsonPrimitive(stackName));
        case "AWS::URLSuffix" -> Optional.of(new JsonPrimitive("amazonaws.com"));
        default -> Optional.empty();
      };
    }

    @Override
    public JsonElement attribute(Expression.GetAtt getAtt, String attribute) {
      Template.Resource resource = template.resource(getAtt.logicalId());
      Optional<TypeSpecification> type = types.find(resource.type());
      if (strict && type.isPresent() && !type.get().hasAttribute(attribute)) {
        throw new FailedStepException(
            StackErrors.unsupportedAttribute(getAtt.path(), resource.type(), attribute),
            Optional.of(getAtt.position()),
            type.get().attributes().isEmpty()
                ? resource.type() + " has no attributes; use Ref."
                : "There are: " + String.join(", ", type.get().attributes().keySet()) + ".",
            false);
      }
      Optional<ResourceRecord> found =
          made.apply(getAtt.logicalId()).filter(ResourceRecord::exists);
      if (found.isEmpty()) {
        return Unknown.VALUE;
      }
      return value(found.get().attributes(), attribute)
          .orElseThrow(
              () ->
                  FailedStepException.of(
                      "Template error: resource "
                          + getAtt.logicalId()
                          + " does not support attribute type "
                          + attribute
                          + " in Fn::GetAtt",
                      getAtt.position()));
    }

    private Optional<JsonElement> value(JsonObject attributes, String name) {
      if (attributes.has(name)) {
        return Optional.of(attributes.get(name));
      }
      int dot = name.indexOf('.');
      return dot > 0 && attributes.get(name.substring(0, dot)) instanceof JsonObject inner
          ? value(inner, name.substring(dot + 1))
          : Optional.empty();
    }

    @Override
    public boolean condition(String name) {
      return Plan.this.condition(name);
    }

    @Override
    public Optional<JsonElement> mapping(String map, String topKey, String secondKey) {
      return Optional.ofNullable(template.mappings().get(map))
          .flatMap(tops -> Optional.ofNullable(tops.get(topKey)))
          .flatMap(seconds -> Optional.ofNullable(seconds.get(secondKey)));
    }

    @Override
    public JsonElement importValue(String exportName) {
      Optional<String> value = exports.apply(exportName);
      if (value.isEmpty() && strict) {
        throw new FailedStepException(
            StackErrors.noExport(exportName),
            Optional.empty(),
            "Deploy the stack that exports it first.",
            false);
      }
      return value.<JsonElement>map(JsonPrimitive::new).orElse(Unknown.VALUE);
    }

    @Override
    public List<String> zones(String region) {
      String name = region.isEmpty() ? environment.region() : region;
      return List.of(name + "a", name + "b", name + "c");
    }
  }
}
