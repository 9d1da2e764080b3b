package dev.cloudtask.localcloud.services.dynamodb;

import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.iam.AccessRequest;
import dev.cloudtask.localcloud.iam.Verdict;
import dev.cloudtask.localcloud.ports.Authorizer;
import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.services.dynamodb.item.AttributeValue;
import dev.cloudtask.localcloud.services.dynamodb.item.Numbers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Asks whether a caller may do what an operation does, with DynamoDB's ARNs and condition keys.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html">
 *     Actions, resources, and condition keys for Amazon DynamoDB</a>
 */
final class Access {
  private final CloudEnvironment environment;
  private final Authorizer authorizer;

  Access(CloudEnvironment environment, Authorizer authorizer) {
    this.environment = environment;
    this.authorizer = authorizer;
  }

  /** Condition keys of one request, collected. */
  static final class Keys {
    private final Map<String, List<String>> keys = new LinkedHashMap<>();

    /** Adds the values of a key; no values leave it absent. */
    Keys with(String key, List<String> values) {
      if (!values.isEmpty()) {
        keys.put("dynamodb:" + key, List.copyOf(values));
      }
      return this;
    }

    /** Adds the partition keys that the request names. */
    Keys leading(TableDefinition table, List<Map<String, AttributeValue>> items) {
      return with(
          "LeadingKeys",
          items.stream()
              .filter(item -> item.containsKey(table.key().hash()))
              .map(item -> text(item.get(table.key().hash())))
              .distinct()
              .toList());
    }
  }

  static String text(@org.jspecify.annotations.Nullable AttributeValue value) {
    if (value instanceof AttributeValue.Decimal decimal) {
      return Numbers.print(decimal.value());
    }
    if (value instanceof AttributeValue.Blob blob) {
      return blob.value().toBase64();
    }
    return value instanceof AttributeValue.Text text ? text.value() : "";
  }

  String tableArn(String table) {
    return environment.arn("dynamodb", "table/" + table);
  }

  String indexArn(String table, String index) {
    return tableArn(table) + "/index/" + index;
  }

  /**
   * Checks one action on one resource.
   *
   * @param action without the service, for instance {@code PutItem}
   * @throws AwsException AccessDeniedException
   */
  void check(DynamoDbCall call, String action, String resource, Keys keys) {
    Verdict verdict =
        authorizer.decide(
            AccessRequest.of(call.caller(), "dynamodb:" + action, resource).withContext(keys.keys),
            call.span());
    if (!verdict.allowed()) {
      throw new AwsException("AccessDeniedException", 400, verdict.message());
    }
  }

  void check(DynamoDbCall call, String action, String resource) {
    check(call, action, resource, new Keys());
  }

  /**
   * Reads a request; if that fails, whoever may not make it learns only that.
   *
   * @throws AwsException AccessDeniedException, or the failure of the reading
   */
  <T> T reading(DynamoDbCall call, String action, String resource, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (AwsException invalid) {
      check(call, action, resource);
      throw invalid;
    }
  }
}
