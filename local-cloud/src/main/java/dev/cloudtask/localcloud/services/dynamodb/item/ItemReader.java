package dev.cloudtask.localcloud.services.dynamodb.item;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.protocol.awsjson.JsonInput;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads attribute values from a request, and refuses what DynamoDB refuses, in its words. */
public final class ItemReader {
  /** How deep documents may nest. */
  private static final int DEEPEST = 32;

  private static final Set<String> TYPES =
      Set.of("S", "N", "B", "SS", "NS", "BS", "M", "L", "NULL", "BOOL");
  private static final String INVALID = "One or more parameter values were invalid: ";

  private ItemReader() {}

  /**
   * Reads an item or a key.
   *
   * @throws AwsException ValidationException or SerializationException
   */
  public static Map<String, AttributeValue> item(JsonElement json) {
    return JsonInput.asMap(json, (name, value) -> value(value));
  }

  /** Reads a value. */
  public static AttributeValue value(JsonElement json) {
    return value(json, 0);
  }

  private static AttributeValue value(JsonElement json, int depth) {
    JsonObject object = JsonInput.asStructure(json).json();
    String type = null;
    int types = 0;
    for (Map.Entry<String, JsonElement> member : object.entrySet()) {
      if (TYPES.contains(member.getKey()) && !member.getValue().isJsonNull()) {
        types++;
        type = member.getKey();
      }
    }
    if (type == null) {
      throw invalid(
          "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
    }
    AttributeValue value = null;
    for (Map.Entry<String, JsonElement> member : object.entrySet()) {
      if (TYPES.contains(member.getKey()) && !member.getValue().isJsonNull()) {
        value = typed(member.getKey(), member.getValue(), depth);
      }
    }
    if (types > 1 || value == null) {
      throw invalid(
          "Supplied AttributeValue has more than one datatypes set, must contain exactly one of"
              + " the supported datatypes");
    }
    return value;
  }

  private static AttributeValue typed(String type, JsonElement json, int depth) {
    return switch (type) {
      case "S" -> new AttributeValue.Text(JsonInput.asText(json));
      case "N" -> new AttributeValue.Decimal(Numbers.parse(JsonInput.asText(json)));
      case "B" -> new AttributeValue.Blob(blob(json));
      case "BOOL" ->
          new AttributeValue.Bool(
              JsonInput.primitive(json, "Boolean", JsonPrimitive::isBoolean).getAsBoolean());
      case "NULL" -> nothing(json);
      case "SS" -> textSet(JsonInput.list(json, JsonInput::asText));
      case "NS" -> decimalSet(JsonInput.list(json, JsonInput::asText));
      case "BS" -> blobSet(JsonInput.list(json, ItemReader::blob));
      case "L" -> {
        deeper(depth);
        yield new AttributeValue.ListOf(JsonInput.list(json, member -> value(member, depth + 1)));
      }
      case "M" -> {
        deeper(depth);
        Map<String, AttributeValue> members =
            JsonInput.asMap(json, (name, member) -> value(member, depth + 1));
        yield new AttributeValue.MapOf(members);
      }
      default -> throw new IllegalArgumentException(type);
    };
  }

  private static void deeper(int depth) {
    if (depth >= DEEPEST) {
      throw invalid("Nesting Levels have exceeded supported limits");
    }
  }

  private static AttributeValue nothing(JsonElement json) {
    if (!JsonInput.primitive(json, "Boolean", JsonPrimitive::isBoolean).getAsBoolean()) {
      throw invalid(INVALID + "Null attribute value types must have the value of true");
    }
    return new AttributeValue.Null();
  }

  private static Binary blob(JsonElement json) {
    String text = JsonInput.asText(json);
    try {
      if (text.length() % 4 == 0) {
        byte[] bytes = Base64.getDecoder().decode(text);
        // The decoder forgives bits in the last group that no byte uses; DynamoDB does not.
        if (Base64.getEncoder().encodeToString(bytes).equals(text)) {
          return Binary.of(bytes);
        }
      }
    } catch (IllegalArgumentException e) {
      throw JsonInput.serialization(
          "'" + text + "' can not be converted to a Blob: Invalid Base64 character");
    }
    throw JsonInput.serialization(
        text.length() % 4 == 0
            ? "'"
                + text
                + "' can not be converted to a Blob: Invalid last non-pad Base64"
                + " character dectected"
            : "'"
                + text
                + "' can not be converted to a Blob: Base64 encoded length is expected a"
                + " multiple of 4 bytes but found: "
                + text.length());
  }

  private static AttributeValue textSet(List<String> members) {
    if (members.isEmpty()) {
      throw invalid(INVALID + "An string set  may not be empty");
    }
    Set<String> set = new LinkedHashSet<>(members);
    if (set.size() < members.size()) {
      throw invalid(INVALID + "Input collection " + members + " contains duplicates.");
    }
    return new AttributeValue.TextSet(set);
  }

  private static AttributeValue decimalSet(List<String> members) {
    if (members.isEmpty()) {
      throw invalid(INVALID + "An number set  may not be empty");
    }
    Set<BigDecimal> set = new LinkedHashSet<>();
    for (String member : members) {
      set.add(Numbers.parse(member));
    }
    if (set.size() < members.size()) {
      throw invalid("Input collection contains duplicates");
    }
    return new AttributeValue.DecimalSet(set);
  }

  private static AttributeValue blobSet(List<Binary> members) {
    if (members.isEmpty()) {
      throw invalid(INVALID + "Binary sets should not be empty");
    }
    Set<Binary> set = new LinkedHashSet<>(members);
    if (set.size() < members.size()) {
      throw invalid(INVALID + "Input collection " + members + "of type BS contains duplicates.");
    }
    return new AttributeValue.BlobSet(set);
  }

  /** Reads an item that this cloud wrote itself: stored state, already checked. */
  public static Map<String, AttributeValue> stored(JsonObject json) {
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    json.entrySet().forEach(entry -> item.put(entry.getKey(), value(entry.getValue())));
    return item;
  }

  private static AwsException invalid(String message) {
    return new AwsException("ValidationException", 400, message);
  }
}
