package dev.cloudtask.localcloud.services.apigateway.template;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What values of a template are worth: text, numbers, truth values, JSON, maps and objects. */
final class Values {
  private Values() {}

  static String text(Object value) {
    if (value instanceof JsonElement json) {
      return json.isJsonPrimitive() ? json.getAsString() : json.toString();
    }
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    return String.valueOf(value);
  }

  static boolean isTrue(@Nullable Object value) {
    Object plain = plain(value);
    return plain instanceof Boolean truth ? truth : plain != null;
  }

  static @Nullable Object property(@Nullable Object target, String name) {
    if (target instanceof TemplateObject object) {
      return object.property(name);
    }
    if (target instanceof Map<?, ?> map) {
      return map.get(name);
    }
    if (target instanceof JsonObject object) {
      return plain(object.get(name));
    }
    if (target instanceof JsonArray array && name.matches("\\d{1,9}")) {
      int index = Integer.parseInt(name);
      return index < array.size() ? plain(array.get(index)) : null;
    }
    return null;
  }

  static @Nullable Object call(
      @Nullable Object target, String name, List<@Nullable Object> arguments) {
    if (target instanceof TemplateObject object) {
      return object.call(name, arguments);
    }
    Object first = arguments.isEmpty() ? null : arguments.get(0);
    Object plain = plain(target);
    if (plain instanceof String text) {
      return callText(text, name, first == null ? "" : text(first), arguments);
    }
    if (plain == null) {
      return null;
    }
    return switch (name) {
      case "get" -> first == null ? null : property(plain, text(first));
      case "size" -> plain instanceof JsonArray array ? number(array.size()) : sizeOf(plain);
      case "isEmpty" -> sizeOf(plain) instanceof BigDecimal size && size.signum() == 0;
      case "containsKey" -> first != null && property(plain, text(first)) != null;
      case "toString" -> text(plain);
      default -> null;
    };
  }

  private static @Nullable Object sizeOf(Object value) {
    if (value instanceof JsonArray array) {
      return number(array.size());
    }
    if (value instanceof JsonObject object) {
      return number(object.size());
    }
    return value instanceof Map<?, ?> map ? number(map.size()) : null;
  }

  private static @Nullable Object callText(
      String text, String name, String first, List<@Nullable Object> arguments) {
    return switch (name) {
      case "length" -> number(text.length());
      case "isEmpty" -> text.isEmpty();
      case "equals" -> text.equals(first);
      case "equalsIgnoreCase" -> text.equalsIgnoreCase(first);
      case "contains" -> text.contains(first);
      case "startsWith" -> text.startsWith(first);
      case "endsWith" -> text.endsWith(first);
      case "toLowerCase" -> text.toLowerCase(java.util.Locale.ROOT);
      case "toUpperCase" -> text.toUpperCase(java.util.Locale.ROOT);
      case "trim" -> text.strip();
      case "toString" -> text;
      case "replace" -> text.replace(first, second(arguments));
      case "replaceAll" -> text.replaceAll(first, second(arguments));
      default -> null;
    };
  }

  private static String second(List<@Nullable Object> arguments) {
    Object value = arguments.size() > 1 ? arguments.get(1) : null;
    return value == null ? "" : text(value);
  }

  static @Nullable Object compare(
      String operator, @Nullable Object leftValue, @Nullable Object rightValue) {
    Object left = plain(leftValue);
    Object right = plain(rightValue);
    if (operator.equals("==") || operator.equals("!=")) {
      return same(left, right) == operator.equals("==");
    }
    if (!(left instanceof BigDecimal a) || !(right instanceof BigDecimal b)) {
      return operator.equals("+") && left != null && right != null
          ? text(left) + text(right)
          : null;
    }
    return switch (operator) {
      case "<" -> a.compareTo(b) < 0;
      case "<=" -> a.compareTo(b) <= 0;
      case ">" -> a.compareTo(b) > 0;
      case ">=" -> a.compareTo(b) >= 0;
      case "+" -> a.add(b);
      case "-" -> a.subtract(b);
      case "*" -> a.multiply(b);
      default -> null;
    };
  }

  private static boolean same(@Nullable Object left, @Nullable Object right) {
    if (left instanceof BigDecimal a && right instanceof BigDecimal b) {
      return a.compareTo(b) == 0;
    }
    if (left == null || right == null) {
      return left == right;
    }
    return text(left).equals(text(right));
  }

  /** Returns JSON scalars as what they stand for. */
  static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof Number number && !(number instanceof BigDecimal)) {
      return new BigDecimal(number.toString());
    }
    if (!(value instanceof JsonElement json)) {
      return value;
    }
    if (json.isJsonNull()) {
      return null;
    }
    if (!json.isJsonPrimitive()) {
      return json;
    }
    if (json.getAsJsonPrimitive().isBoolean()) {
      return json.getAsBoolean();
    }
    return json.getAsJsonPrimitive().isNumber() ? json.getAsBigDecimal() : json.getAsString();
  }

  private static BigDecimal number(int value) {
    return BigDecimal.valueOf(value);
  }
}
