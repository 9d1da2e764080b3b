package dev.cloudtask.localcloud.services.s3;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.cloudtask.localcloud.protocol.AwsException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The policy of an upload form: until when it is good, and conditions that cover every field.
 *
 * <p>Messages as observed on AWS: localstack's recordings of TestS3PresignedPost and versitygw's
 * tests against S3.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html">
 *     POST policy</a>
 */
final class PostPolicy {
  /** The fields that no condition has to cover. */
  private static final Set<String> FREE =
      Set.of("x-amz-signature", "signature", "awsaccesskeyid", "policy", "file");

  private static final Set<String> OPERATIONS = Set.of("eq", "starts-with", "content-length-range");

  /**
   * One condition.
   *
   * @param field in lower case, without the dollar sign; empty for the range of sizes
   * @param text the condition as S3 repeats it
   */
  private record Condition(
      String operation, String field, String value, long least, long most, String text) {}

  private final Instant expiration;
  private final List<Condition> conditions;

  private PostPolicy(Instant expiration, List<Condition> conditions) {
    this.expiration = expiration;
    this.conditions = conditions;
  }

  /**
   * Reads a policy.
   *
   * @param base64 the field {@code policy}
   * @throws AwsException InvalidPolicyDocument, if it is none
   */
  static PostPolicy parse(String base64) {
    JsonObject policy = json(base64);
    for (String name : policy.keySet()) {
      if (!name.equals("expiration") && !name.equals("conditions")) {
        throw PostErrors.invalidPolicy("Unexpected: \"" + name + "\"");
      }
    }
    JsonElement expiration = policy.get("expiration");
    if (expiration == null) {
      throw PostErrors.invalidPolicy("Policy missing expiration.");
    }
    Instant end = expiration(expiration);
    JsonElement list = policy.get("conditions");
    if (list == null) {
      throw PostErrors.invalidPolicy("Policy missing conditions.");
    }
    if (!list.isJsonArray()) {
      throw PostErrors.invalidPolicy("Invalid 'conditions' value: must be a List.");
    }
    List<Condition> conditions = new ArrayList<>();
    for (JsonElement each : list.getAsJsonArray()) {
      conditions.add(condition(each));
    }
    return new PostPolicy(end, conditions);
  }

  private static JsonObject json(String base64) {
    byte[] bytes;
    try {
      bytes = Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw PostErrors.invalidPolicy("invalid Base64 encoding.");
    }
    try {
      JsonElement policy = JsonParser.parseString(new String(bytes, StandardCharsets.UTF_8));
      if (policy.isJsonObject()) {
        return policy.getAsJsonObject();
      }
    } catch (JsonParseException e) {
      throw PostErrors.invalidPolicy("Invalid JSON.");
    }
    throw PostErrors.invalidPolicy("Invalid JSON.");
  }

  private static Instant expiration(JsonElement element) {
    String text = element.isJsonPrimitive() ? element.getAsString() : element.toString();
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw PostErrors.invalidPolicy("Invalid 'expiration' value: '" + text + "'");
    }
  }

  private static Condition condition(JsonElement element) {
    if (element.isJsonObject()) {
      return simple(element.getAsJsonObject());
    }
    if (!element.isJsonArray()) {
      throw PostErrors.invalidPolicy("Invalid condition test: must be a List or Object.");
    }
    JsonArray list = element.getAsJsonArray();
    if (list.isEmpty() || !isText(list.get(0))) {
      throw PostErrors.invalidPolicy("Invalid Condition: missing operation identifier.");
    }
    String operation = list.get(0).getAsString().toLowerCase(Locale.ROOT);
    if (!OPERATIONS.contains(operation)) {
      throw PostErrors.invalidPolicy(
          "Invalid Condition: unknown operation '" + list.get(0).getAsString() + "'.");
    }
    if (list.size() != 3) {
      throw PostErrors.invalidPolicy("Invalid " + operation + ": wrong number of arguments.");
    }
    String text = repeated(list);
    if (operation.equals("content-length-range")) {
      return new Condition(
          operation, "", "", number(list.get(1), text), number(list.get(2), text), text);
    }
    if (!isText(list.get(1)) || !isText(list.get(2))) {
      throw PostErrors.conditionFailed(text);
    }
    String field = list.get(1).getAsString();
    if (!field.startsWith("$")) {
      throw PostErrors.conditionFailed(text);
    }
    return new Condition(
        operation,
        field.substring(1).toLowerCase(Locale.ROOT),
        list.get(2).getAsString(),
        0,
        0,
        text);
  }

  private static Condition simple(JsonObject object) {
    if (object.size() != 1) {
      throw PostErrors.invalidPolicy(
          "Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.");
    }
    Map.Entry<String, JsonElement> only = object.entrySet().iterator().next();
    if (!isText(only.getValue())) {
      throw PostErrors.invalidPolicy("Invalid Simple-Condition: value must be a string.");
    }
    String value = only.getValue().getAsString();
    return new Condition(
        "eq",
        only.getKey().toLowerCase(Locale.ROOT),
        value,
        0,
        0,
        "[\"eq\", \"$" + only.getKey() + "\", \"" + value + "\"]");
  }

  private static boolean isText(JsonElement element) {
    return element.isJsonPrimitive() && element.getAsJsonPrimitive().isString();
  }

  /** S3 takes sizes as numbers and as text. */
  private static long number(JsonElement element, String text) {
    try {
      return Long.parseLong(element.getAsString());
    } catch (NumberFormatException | UnsupportedOperationException | IllegalStateException e) {
      throw PostErrors.conditionFailed(text);
    }
  }

  private static String repeated(JsonArray list) {
    return list.asList().stream()
        .map(JsonElement::toString)
        .collect(Collectors.joining(", ", "[", "]"));
  }

  /**
   * Refuses a form that the policy does not allow.
   *
   * @param key the key that will be written, {@code ${filename}} filled in
   */
  void check(PostForm form, String bucket, String key, Instant now) {
    if (!now.isBefore(expiration)) {
      throw PostErrors.expired();
    }
    Set<String> covered = new HashSet<>();
    for (Condition condition : conditions) {
      covered.add(condition.field());
      check(condition, form, bucket, key);
    }
    for (String name : form.fields().keySet()) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (!FREE.contains(lower) && !lower.startsWith("x-ignore-") && !covered.contains(lower)) {
        throw PostErrors.extraField(name);
      }
    }
  }

  private static void check(Condition condition, PostForm form, String bucket, String key) {
    if (condition.operation().equals("content-length-range")) {
      if (form.file().length < condition.least()) {
        throw PostErrors.tooSmall(form.file().length, condition.least());
      }
      if (form.file().length > condition.most()) {
        throw S3Errors.entityTooLarge(form.file().length, condition.most());
      }
      return;
    }
    Optional<String> actual =
        switch (condition.field()) {
          case "bucket" -> Optional.of(bucket);
          case "key" -> Optional.of(key);
          default -> form.field(condition.field());
        };
    boolean met =
        condition.operation().equals("eq")
            ? actual.filter(condition.value()::equals).isPresent()
            : startsWith(condition, actual.orElse(""));
    if (!met) {
      throw PostErrors.conditionFailed(condition.text());
    }
  }

  /** A list of content types must all begin so. */
  private static boolean startsWith(Condition condition, String actual) {
    return condition.field().equals("content-type")
        ? List.of(actual.split(",")).stream()
            .allMatch(each -> each.strip().startsWith(condition.value()))
        : actual.startsWith(condition.value());
  }
}
