package dev.cloudtask.localcloud.services.apigateway.template;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A template, read and ready to be rendered any number of times. */
public final class MappingTemplate {
  private final List<Node> nodes;

  private MappingTemplate(List<Node> nodes) {
    this.nodes = nodes;
  }

  /** Reads a template. */
  public static MappingTemplate parse(String text) throws TemplateException {
    return new MappingTemplate(new Parser(text).template());
  }

  /** Renders the template with these variables. */
  public String render(Map<String, ? extends @Nullable Object> variables) {
    Map<String, @Nullable Object> scope = new HashMap<>(variables);
    StringBuilder out = new StringBuilder();
    for (Node node : nodes) {
      node.render(scope, out);
    }
    return out.toString();
  }
}
