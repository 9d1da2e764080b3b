package dev.cloudtask.localcloud.services.dynamodb;

import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.protocol.awsjson.ErrorForm;
import java.util.Set;

/**
 * DynamoDB's failures in its own words, and how it writes them.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html">
 *     Error handling with DynamoDB</a>
 */
final class DynamoDbErrors {
  static final String INVALID = "One or more parameter values were invalid: ";

  static final String KEY_MISMATCH = "The provided key element does not match the schema";

  private static final Set<String> OF_THE_FRAMEWORK =
      Set.of(
          "SerializationException",
          "UnknownOperationException",
          "AccessDeniedException",
          "NotImplementedException",
          "UnrecognizedClientException",
          "InvalidSignatureException",
          "IncompleteSignatureException",
          "MissingAuthenticationTokenException",
          "MissingAuthenticationToken",
          "ExpiredTokenException",
          "InternalFailure",
          "RequestEntityTooLarge");

  private static final Set<String> WITH_CAPITAL_MESSAGE =
      Set.of("SerializationException", "AccessDeniedException", "TransactionCanceledException");

  /** Which name space an error's type is in, and whether its message has a capital M. */
  static final ErrorForm FORM =
      new ErrorForm() {
        @Override
        public String type(String code) {
          if (code.equals("ValidationException")) {
            return "com.amazon.coral.validate#" + code;
          }
          return OF_THE_FRAMEWORK.contains(code)
              ? "com.amazon.coral.service#" + code
              : "com.amazonaws.dynamodb.v20120810#" + code;
        }

        @Override
        public String messageMember(String code) {
          return WITH_CAPITAL_MESSAGE.contains(code) ? "Message" : "message";
        }
      };

  private DynamoDbErrors() {}

  static AwsException validation(String message) {
    return new AwsException("ValidationException", 400, message);
  }

  static AwsException invalid(String message) {
    return validation(INVALID + message);
  }

  static AwsException keyMismatch() {
    return validation(KEY_MISMATCH);
  }

  /** A table that is not there, to an operation on items. */
  static AwsException notFound() {
    return new AwsException("ResourceNotFoundException", 400, "Requested resource not found");
  }

  /** A table that is not there, to an operation on tables. */
  static AwsException tableNotFound(String table) {
    return new AwsException(
        "ResourceNotFoundException",
        400,
        "Requested resource not found: Table: " + table + " not found");
  }

  static AwsException settingsTableNotFound(String table) {
    return new AwsException("TableNotFoundException", 400, "Table not found: " + table);
  }

  static AwsException inUse(String message) {
    return new AwsException("ResourceInUseException", 400, message);
  }

  static AwsException conditionFailed() {
    return new AwsException(
        "ConditionalCheckFailedException", 400, "The conditional request failed");
  }

  static AwsException emptyKey(String type, String attribute) {
    return validation(
        "One or more parameter values are not valid. The AttributeValue for a key attribute cannot"
            + " contain an empty "
            + (type.equals("S") ? "string" : "binary")
            + " value. Key: "
            + attribute);
  }
}
