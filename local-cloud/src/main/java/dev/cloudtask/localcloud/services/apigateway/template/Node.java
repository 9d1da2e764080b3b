package dev.cloudtask.localcloud.services.apigateway.template;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A piece of a template. */
sealed interface Node {
  void render(Map<String, @Nullable Object> scope, StringBuilder out);

  /** Text as it stands. */
  record Text(String text) implements Node {
    @Override
    public void render(Map<String, @Nullable Object> scope, StringBuilder out) {
      out.append(text);
    }
  }

  /**
   * A reference in the text.
   *
   * @param source as written, for what has no value
   * @param quiet written with an exclamation mark: no value shows as nothing
   */
  record Output(Expression value, String source, boolean quiet) implements Node {
    @Override
    public void render(Map<String, @Nullable Object> scope, StringBuilder out) {
      Object shown = value.evaluate(scope);
      if (shown != null) {
        out.append(Values.text(shown));
      } else if (!quiet) {
        out.append(source);
      }
    }
  }

  /** An assignment. */
  record Assignment(String name, Expression value) implements Node {
    @Override
    public void render(Map<String, @Nullable Object> scope, StringBuilder out) {
      scope.put(name, value.evaluate(scope));
    }
  }

  /** A choice; the else branch has no condition. */
  record Choice(List<Branch> branches) implements Node {
    @Override
    public void render(Map<String, @Nullable Object> scope, StringBuilder out) {
      for (Branch branch : branches) {
        if (branch.condition() == null || Values.isTrue(branch.condition().evaluate(scope))) {
          branch.body().forEach(node -> node.render(scope, out));
          return;
        }
      }
    }
  }

  /** One branch of a choice. */
  record Branch(@Nullable Expression condition, List<Node> body) {}
}
