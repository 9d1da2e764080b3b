package dev.cloudtask.labs.mutants;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.cloudtask.localcloud.cloudformation.template.TemplateNode;
import dev.cloudtask.localcloud.cloudformation.template.TemplateParser;
import java.math.BigDecimal;

/** A template as a tree of JSON, which can be changed and written, and means the same. */
final class TemplateJson {
  private TemplateJson() {}

  static JsonObject read(String yaml) {
    return convert(TemplateParser.parse(yaml, "template.yaml")).getAsJsonObject();
  }

  private static JsonElement convert(TemplateNode node) {
    if (node instanceof TemplateNode.Mapping mapping) {
      JsonObject object = new JsonObject();
      mapping.members().forEach(member -> object.add(member.name(), convert(member.value())));
      return object;
    }
    if (node instanceof TemplateNode.Sequence sequence) {
      JsonArray array = new JsonArray();
      sequence.items().forEach(item -> array.add(convert(item)));
      return array;
    }
    TemplateNode.Scalar scalar = (TemplateNode.Scalar) node;
    return switch (scalar.type()) {
      case STRING -> new JsonPrimitive(scalar.written());
      case INTEGER, NUMBER -> new JsonPrimitive(new BigDecimal(scalar.text()));
      case BOOLEAN -> new JsonPrimitive(Boolean.valueOf(scalar.text()));
      case NULL -> JsonNull.INSTANCE;
    };
  }
}
