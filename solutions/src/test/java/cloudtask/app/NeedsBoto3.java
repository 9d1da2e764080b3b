package cloudtask.app;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A test that needs Python with a boto3 that reads {@code AWS_ENDPOINT_URL}. Where there is none it
 * says so and steps aside; under CI (environment variable {@code CI} is {@code true}) it fails
 * instead.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsBoto3.Condition.class)
@interface NeedsBoto3 {
  /** Looks for both before the tests of a class run. */
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      if (Boto3IT.isThere()) {
        return ConditionEvaluationResult.enabled("there is boto3");
      }
      String reason =
          "No boto3 found that reads AWS_ENDPOINT_URL: \"python3\" must be on the PATH and import"
              + " boto3 1.28 or newer (on Debian 13: apt-get install python3-boto3).";
      if ("true".equals(System.getenv("CI"))) {
        throw new IllegalStateException(reason);
      }
      return ConditionEvaluationResult.disabled(reason);
    }
  }
}
