package dev.cloudtask.localcloud.services.cloudformation;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.cloudtask.localcloud.cloudformation.template.TemplateNode;
import java.math.BigDecimal;

/** Writes template nodes as JSON. */
final class NodeText {
  private NodeText() {}

  static String json(TemplateNode node) {
    return element(node).toString();
  }

  private static JsonElement element(TemplateNode node) {
    if (node instanceof TemplateNode.Scalar scalar) {
      return switch (scalar.type()) {
        case STRING -> new JsonPrimitive(scalar.text());
        case BOOLEAN -> new JsonPrimitive(scalar.text().equals("true"));
        case INTEGER, NUMBER -> new JsonPrimitive(new BigDecimal(scalar.text()));
        case NULL -> JsonNull.INSTANCE;
      };
    }
    if (node instanceof TemplateNode.Sequence sequence) {
      JsonArray array = new JsonArray();
      sequence.items().forEach(item -> array.add(element(item)));
      return array;
    }
    JsonObject object = new JsonObject();
    ((TemplateNode.Mapping) node)
        .members()
        .forEach(member -> object.add(member.name(), element(member.value())));
    return object;
  }
}
