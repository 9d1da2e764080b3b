package dev.cloudtask.localcloud.cloudformation.stack;

import dev.cloudtask.localcloud.cloudformation.declaration.Template;
import dev.cloudtask.localcloud.cloudformation.declaration.TemplateReader;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceProvider;
import dev.cloudtask.localcloud.cloudformation.specification.ResourceTypes;
import dev.cloudtask.localcloud.cloudformation.template.TemplateException;
import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what somebody asks a stack to be and works out what that means, without doing it: refuses
 * what CloudFormation would refuse at once.
 */
final class Planner {
  private final CloudEnvironment environment;
  private final ResourceTypes types;
  private final StackStore store;
  private final Map<String, ResourceProvider> providers;

  Planner(
      CloudEnvironment environment,
      ResourceTypes types,
      StackStore store,
      Map<String, ResourceProvider> providers) {
    this.environment = environment;
    this.types = types;
    this.store = store;
    this.providers = providers;
  }

  /**
   * Reads a template and refuses types that cannot be deployed.
   *
   * @throws TemplateException if it is wrong, with the position
   */
  Template read(String body, String file) {
    Template template = TemplateReader.read(body, file);
    List<Template.Resource> unknown =
        template.resources().values().stream()
            .filter(resource -> !providers.containsKey(resource.type()))
            .toList();
    if (!unknown.isEmpty()) {
      throw new TemplateException(
          StackErrors.unrecognised(
                  unknown.stream().map(Template.Resource::type).distinct().toList())
              .message(),
          Optional.of(unknown.get(0).typePosition()),
          advice(unknown.get(0).type()));
    }
    return template;
  }

  private String advice(String type) {
    if (types.isKnownToAws(type)) {
      return "AWS has " + type + "; local-cloud does not emulate it.";
    }
    return types
        .similar(type)
        .map(known -> "Did you mean " + known + "?")
        .orElse("AWS has no type " + type + ".");
  }

  /** Returns a stack that is not kept yet, in this status. */
  StackRecord newStack(StackRequest request, String status) {
    String id =
        environment.arn(
            "cloudformation", "stack/" + request.name() + "/" + environment.ids().uuid());
    return new StackRecord(
        id,
        request.name(),
        status,
        null,
        new StackSource(
            request.templateBody(),
            request.templateFile(),
            null,
            Map.of(),
            List.of(),
            request.tags(),
            request.capabilities()),
        null,
        request.onFailure(),
        request.terminationProtection(),
        environment.clock().instant(),
        null,
        null,
        List.of(),
        null);
  }

  /** Returns what a stack is from now on, by a request and its plan. */
  static StackSource source(StackRequest request, Plan plan) {
    Template template = plan.template();
    return new StackSource(
        request.templateBody(),
        request.templateFile(),
        template.description().orElse(null),
        plan.parameters(),
        template.parameters().values().stream()
            .filter(Template.Parameter::noEcho)
            .map(Template.Parameter::name)
            .toList(),
        request.tags(),
        request.capabilities());
  }

  Plan plan(StackRecord stack, StackRequest request) {
    return plan(stack, read(request.templateBody(), request.templateFile()), request.parameters());
  }

  Plan plan(StackRecord stack, Template template, Map<String, String> parameters) {
    return new Plan(
        template,
        parameters,
        environment,
        types,
        stack.id(),
        stack.name(),
        name -> store.export(name).map(StackStore.Export::value));
  }

  Plan plan(StackRecord stack) {
    StackSource source = stack.source();
    return plan(stack, read(source.templateBody(), source.templateFile()), source.parameters());
  }

  /** Returns a stack that may be changed now, or refuses. */
  StackRecord updatable(String nameOrId) {
    StackRecord stack =
        store
            .find(nameOrId)
            .filter(each -> !each.isDeleted())
            .orElseThrow(() -> StackErrors.noStack(nameOrId));
    boolean ready =
        stack.status().endsWith("_COMPLETE") && !stack.status().equals("ROLLBACK_COMPLETE");
    if (!ready) {
      throw StackErrors.wrongState(stack);
    }
    return stack;
  }

  Plan planUpdate(StackRecord stack, StackRequest request) {
    Plan plan = plan(stack, request);
    List<String> changed = new ArrayList<>();
    for (ResourceRecord resource : store.resources(stack.id())) {
      Template.Resource now = plan.template().resources().get(resource.logicalId());
      if (now != null && resource.exists() && !now.type().equals(resource.type())) {
        changed.add(resource.logicalId());
      }
    }
    if (!changed.isEmpty()) {
      throw StackErrors.typeChanged(changed);
    }
    Capabilities.check(plan.template(), types, request.capabilities());
    return plan;
  }

  /** Returns what a plan would change of a stack. */
  Changes.Found changes(StackRecord stack, Plan plan, StackRequest request) {
    Map<String, String> tags = request.tags();
    Trace trace = Deployments.trace(environment, "changes of " + stack.name());
    try (var span = trace.root()) {
      ResourceWork work =
          new ResourceWork(
              environment,
              store,
              types,
              providers,
              request.caller(),
              span,
              new Events(store, environment, null));
      Changes.Found found = new Changes(store, work).find(stack, plan, tags);
      boolean retagged = !stack.source().tags().equals(tags);
      return retagged ? new Changes.Found(found.resources(), true) : found;
    }
  }
}
