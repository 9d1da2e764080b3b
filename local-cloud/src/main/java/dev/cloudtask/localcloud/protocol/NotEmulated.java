package dev.cloudtask.localcloud.protocol;

import java.util.Collection;

/**
 * The refusals of what AWS has and this cloud does not: always by name, never silent.
 *
 * <p>Status 501, which no SDK takes for a fault that passes and tries again.
 */
public final class NotEmulated {
  /** The error code of every such refusal. */
  public static final String CODE = "NotImplementedException";

  private NotEmulated() {}

  /**
   * Refuses an operation.
   *
   * @param service as AWS spells it in lower case, {@code lambda}
   * @param emulated the operations that are there
   */
  public static AwsException operation(
      String service, String operation, Collection<String> emulated) {
    return new AwsException(
        CODE,
        501,
        "The operation %s of %s is not emulated by local-cloud. Emulated are: %s."
            .formatted(operation, service, String.join(", ", emulated)));
  }

  /**
   * Refuses a parameter, or one of its values.
   *
   * @param what the parameter's name, or its name and value
   * @param advice one sentence: what to do instead
   */
  public static AwsException parameter(
      String service, String operation, String what, String advice) {
    return new AwsException(
        CODE,
        501,
        "%s of %s %s is not emulated by local-cloud. %s"
            .formatted(what, service, operation, advice));
  }
}
