package dev.cloudtask.localcloud.cloudformation.stack;

import dev.cloudtask.localcloud.environment.Ids;
import dev.cloudtask.localcloud.protocol.AwsException;
import java.util.Map;

/** Words a service's failure as the resource handlers of CloudFormation do. */
final class HandlerFailure {
  /** How the services' clients call their service, where it is not the type's middle name. */
  private static final Map<String, String> SERVICES =
      Map.of(
          "DynamoDB", "DynamoDb",
          "IAM", "Iam",
          "Cognito", "CognitoIdentityProvider",
          "Logs", "CloudWatchLogs");

  private HandlerFailure() {}

  static String reason(String type, AwsException failure, Ids ids) {
    return reason(type, failure.message(), failure.status(), code(failure), ids);
  }

  static String reason(String type, String message, int status, String code, Ids ids) {
    String[] parts = type.split("::", -1);
    String namespace = parts.length > 1 ? parts[1] : type;
    String service = SERVICES.getOrDefault(namespace, namespace);
    String extended = service.equals("S3") ? ", Extended Request ID: " + ids.base64(56) : "";
    return "Resource handler returned message: \""
        + message
        + " (Service: "
        + service
        + ", Status Code: "
        + status
        + ", Request ID: "
        + ids.uuid()
        + extended
        + ")\" (RequestToken: "
        + ids.uuid()
        + ", HandlerErrorCode: "
        + code
        + ")";
  }

  /** Returns the handlers' code for a service's. */
  private static String code(AwsException failure) {
    String code = failure.code();
    if (code.contains("AlreadyExists") || code.contains("AlreadyOwnedByYou")) {
      return "AlreadyExists";
    }
    if (code.contains("AccessDenied") || failure.status() == 403) {
      return "AccessDenied";
    }
    if (code.contains("NotFound") || code.startsWith("NoSuch") || failure.status() == 404) {
      return "NotFound";
    }
    if (code.contains("LimitExceeded") || code.contains("TooMany")) {
      return "ServiceLimitExceeded";
    }
    boolean invalid =
        code.contains("Validation")
            || code.contains("Invalid")
            || code.contains("BadRequest")
            || code.contains("Malformed");
    return invalid ? "InvalidRequest" : "GeneralServiceException";
  }
}
