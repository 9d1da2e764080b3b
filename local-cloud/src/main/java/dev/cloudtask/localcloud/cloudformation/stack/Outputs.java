package dev.cloudtask.localcloud.cloudformation.stack;

import com.google.gson.JsonElement;
import dev.cloudtask.localcloud.cloudformation.declaration.ExpressionWalk;
import dev.cloudtask.localcloud.cloudformation.declaration.Template;
import dev.cloudtask.localcloud.cloudformation.intrinsic.Evaluation;
import dev.cloudtask.localcloud.cloudformation.intrinsic.Expression;
import dev.cloudtask.localcloud.cloudformation.template.TemplateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Works a stack's outputs out, and its exports and imports with them. */
final class Outputs {
  private final StackStore store;

  Outputs(StackStore store) {
    this.store = store;
  }

  /**
   * Returns the outputs of a stack whose resources are there.
   *
   * @throws FailedStepException if one is no text, or an export clashes with another stack
   */
  List<StackRecord.Output> of(StackRecord stack, Plan plan) {
    Evaluation evaluation = plan.evaluation(id -> store.resource(stack.id(), id));
    List<StackRecord.Output> outputs = new ArrayList<>();
    for (Template.Output output : plan.outputs()) {
      String value = text(evaluation, output.value(), output);
      Optional<String> export = output.exportName().map(name -> text(evaluation, name, output));
      export.ifPresent(name -> checkExport(name, stack, output));
      outputs.add(
          new StackRecord.Output(
              output.name(), value, output.description().orElse(null), export.orElse(null)));
    }
    checkImported(stack, outputs);
    return outputs;
  }

  private static String text(Evaluation evaluation, Expression expression, Template.Output output) {
    JsonElement value;
    try {
      value = evaluation.evaluate(expression);
    } catch (TemplateException e) {
      throw new FailedStepException(e.message() + ". ", e.position(), e.advice(), false);
    }
    if (value.isJsonPrimitive()) {
      return value.getAsString();
    }
    throw FailedStepException.of(
        "Template format error: Output "
            + output.name()
            + " is malformed. The Value field of every Outputs member must evaluate to a String. ",
        output.position());
  }

  private void checkExport(String name, StackRecord stack, Template.Output output) {
    store
        .export(name)
        .filter(export -> !export.stackId().equals(stack.id()))
        .ifPresent(
            export -> {
              throw FailedStepException.of(
                  StackErrors.exportTaken(name, store.stack(export.stackId()).name()),
                  output.position());
            });
  }

  private void checkImported(StackRecord stack, List<StackRecord.Output> outputs) {
    for (StackStore.Export export : store.exports()) {
      if (!export.stackId().equals(stack.id())) {
        continue;
      }
      boolean same =
          outputs.stream()
              .anyMatch(
                  output ->
                      export.name().equals(output.exportName())
                          && export.value().equals(output.value()));
      List<String> importers = store.importers(export.name());
      if (!same && !importers.isEmpty()) {
        throw new FailedStepException(
            StackErrors.exportChanged(export.name(), importers), Optional.empty(), "", false);
      }
    }
  }

  /** Returns the names of the exports that a plan imports. */
  List<String> imports(StackRecord stack, Plan plan) {
    Evaluation evaluation = plan.evaluation(id -> store.resource(stack.id(), id));
    List<String> names = new ArrayList<>();
    List<Expression> roots = new ArrayList<>();
    plan.included().forEach(id -> roots.add(plan.template().resource(id).properties()));
    plan.outputs().forEach(output -> roots.add(output.value()));
    for (Expression root : roots) {
      ExpressionWalk.visit(
          root,
          expression -> {
            if (expression instanceof Expression.ImportValue importValue) {
              JsonElement name = evaluation.evaluate(importValue.name());
              if (name.isJsonPrimitive()) {
                names.add(name.getAsString());
              }
            }
          });
    }
    return names.stream().distinct().toList();
  }
}
