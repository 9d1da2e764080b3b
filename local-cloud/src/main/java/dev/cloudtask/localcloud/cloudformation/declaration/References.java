package dev.cloudtask.localcloud.cloudformation.declaration;

import dev.cloudtask.localcloud.cloudformation.intrinsic.Expression;
import dev.cloudtask.localcloud.cloudformation.template.Position;
import dev.cloudtask.localcloud.cloudformation.template.TemplateException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Checks that every name in a template leads somewhere and none in a circle. */
public final class References {
  /** The names that CloudFormation defines. */
  public static final Set<String> PSEUDO_PARAMETERS =
      Set.of(
          "AWS::AccountId",
          "AWS::NotificationARNs",
          "AWS::NoValue",
          "AWS::Partition",
          "AWS::Region",
          "AWS::StackId",
          "AWS::StackName",
          "AWS::URLSuffix");

  private final Template template;

  private References(Template template) {
    this.template = template;
  }

  static void check(Template template) {
    References references = new References(template);
    references.checkConditions();
    references.checkResources(name -> true);
    references.checkOutputs();
    references.checkCircles();
  }

  /**
   * Checks again when it is known which resources the conditions leave out: nothing that stays may
   * refer to one that goes.
   *
   * @throws TemplateException as CloudFormation words it
   */
  public static void checkIncluded(Template template, Set<String> included) {
    References references = new References(template);
    references.checkResources(included::contains);
  }

  /** Returns the names of the resources that a resource waits for, in the order of the file. */
  public static Set<String> dependencies(Template template, Template.Resource resource) {
    Set<String> names = new LinkedHashSet<>(resource.dependsOn().keySet());
    ExpressionWalk.visit(
        resource.properties(),
        expression -> {
          if (expression instanceof Expression.Ref ref) {
            names.add(ref.name());
          } else if (expression instanceof Expression.GetAtt getAtt) {
            names.add(getAtt.logicalId());
          }
        });
    names.retainAll(template.resources().keySet());
    names.remove(resource.logicalId());
    return names;
  }

  private void checkConditions() {
    template.conditions().forEach((name, condition) -> checkCondition(condition));
    for (String name : template.conditions().keySet()) {
      walkConditions(name, new ArrayList<>());
    }
    template
        .resources()
        .values()
        .forEach(
            resource ->
                resource
                    .condition()
                    .ifPresent(name -> condition(name, "Resources", resource.position())));
    template
        .outputs()
        .values()
        .forEach(
            output ->
                output
                    .condition()
                    .ifPresent(name -> condition(name, "Outputs", output.position())));
  }

  private void checkCondition(Expression condition) {
    ExpressionWalk.visit(
        condition,
        expression -> {
          if (expression instanceof Expression.Ref ref && !isParameter(ref.name())) {
            throw TemplateErrors.format(
                "Unresolved dependencies ["
                    + ref.name()
                    + "]. Cannot reference resources in the Conditions block of the template",
                ref.position());
          }
          if (expression instanceof Expression.GetAtt getAtt) {
            throw TemplateErrors.format(
                "Fn::GetAtt is not allowed in the Conditions block of the template",
                getAtt.position());
          }
          if (expression instanceof Expression.ConditionOf other) {
            condition(other.name(), "Conditions", other.position());
          }
        });
  }

  private void condition(String name, String section, Position at) {
    if (!template.conditions().containsKey(name)) {
      throw TemplateErrors.format(
          "Unresolved condition dependency "
              + name
              + " in the "
              + section
              + " block of the template",
          at);
    }
  }

  private void walkConditions(String name, List<String> path) {
    if (path.contains(name)) {
      throw TemplateErrors.format(
          "Circular dependency between conditions: "
              + TemplateErrors.list(path.subList(path.indexOf(name), path.size())),
          template.condition(name).position());
    }
    path.add(name);
    ExpressionWalk.visit(
        template.condition(name),
        expression -> {
          if (expression instanceof Expression.ConditionOf other) {
            walkConditions(other.name(), path);
          }
        });
    path.remove(path.size() - 1);
  }

  private void checkResources(Predicate<String> included) {
    Predicate<String> exists =
        name -> template.resources().containsKey(name) && included.test(name);
    Unresolved unresolved = new Unresolved();
    for (Template.Resource resource : template.resources().values()) {
      if (!included.test(resource.logicalId())) {
        continue;
      }
      resource
          .dependsOn()
          .forEach(
              (name, position) -> {
                if (!template.resources().containsKey(name)) {
                  unresolved.add(name, position);
                }
              });
      checkNames(resource.properties(), exists, unresolved);
    }
    unresolved.throwIfAny("Resources");
  }

  private void checkOutputs() {
    Unresolved unresolved = new Unresolved();
    for (Template.Output output : template.outputs().values()) {
      checkNames(output.value(), template.resources()::containsKey, unresolved);
      output
          .exportName()
          .ifPresent(name -> checkNames(name, template.resources()::containsKey, unresolved));
    }
    unresolved.throwIfAny("Outputs");
  }

  private void checkNames(Expression root, Predicate<String> exists, Unresolved unresolved) {
    ExpressionWalk.visit(
        root,
        expression -> {
          if (expression instanceof Expression.Ref ref
              && !isParameter(ref.name())
              && !exists.test(ref.name())) {
            unresolved.add(ref.name(), ref.position());
          } else if (expression instanceof Expression.GetAtt getAtt
              && !exists.test(getAtt.logicalId())) {
            throw TemplateErrors.at(
                "Template error: instance of Fn::GetAtt references undefined resource "
                    + getAtt.logicalId(),
                getAtt.position());
          } else if (expression instanceof Expression.If choice
              && !template.conditions().containsKey(choice.condition())) {
            throw TemplateErrors.at(
                "Template error: unresolved condition dependency "
                    + choice.condition()
                    + " in Fn::If",
                choice.position());
          }
        });
  }

  private boolean isParameter(String name) {
    return template.parameters().containsKey(name) || PSEUDO_PARAMETERS.contains(name);
  }

  private void checkCircles() {
    Map<String, Set<String>> waiting = new LinkedHashMap<>();
    template
        .resources()
        .forEach((name, resource) -> waiting.put(name, dependencies(template, resource)));
    template
        .resources()
        .forEach(
            (name, resource) -> {
              if (refersToItself(resource)) {
                throw circular(List.of(name));
              }
            });
    boolean progress = true;
    while (progress) {
      progress = waiting.entrySet().removeIf(entry -> noneIn(entry.getValue(), waiting.keySet()));
    }
    if (!waiting.isEmpty()) {
      progress = true;
      while (progress) { // what merely waits for the circle is not part of it
        Set<String> needed = new LinkedHashSet<>();
        waiting.values().forEach(needed::addAll);
        progress = waiting.keySet().removeIf(name -> !needed.contains(name));
      }
      throw circular(List.copyOf(waiting.keySet()));
    }
  }

  private static boolean refersToItself(Template.Resource resource) {
    boolean[] found = {resource.dependsOn().containsKey(resource.logicalId())};
    ExpressionWalk.visit(
        resource.properties(),
        expression ->
            found[0] |=
                (expression instanceof Expression.Ref ref
                        && ref.name().equals(resource.logicalId()))
                    || (expression instanceof Expression.GetAtt getAtt
                        && getAtt.logicalId().equals(resource.logicalId())));
    return found[0];
  }

  private static boolean noneIn(Set<String> names, Set<String> others) {
    return names.stream().noneMatch(others::contains);
  }

  private TemplateException circular(List<String> names) {
    return TemplateErrors.advised(
        "Circular dependency between resources: " + TemplateErrors.list(names),
        template.resource(names.get(0)).position(),
        "Each of them waits for another one: take one Ref, Fn::GetAtt or DependsOn away.");
  }

  /** Names that lead nowhere, each once, and where the first one stands. */
  private static final class Unresolved {
    private final Set<String> names = new LinkedHashSet<>();
    private Optional<Position> first = Optional.empty();

    void add(String name, Position at) {
      names.add(name);
      first = first.or(() -> Optional.of(at));
    }

    void throwIfAny(String section) {
      first.ifPresent(
          at -> {
            throw TemplateErrors.unresolved(names, section, at);
          });
    }
  }
}
