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
 * A test that needs the AWS CLI. Where there is none it says so and steps aside; under CI
 * (environment variable {@code CI} is {@code true}) it fails instead.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsAwsCli.Condition.class)
@interface NeedsAwsCli {
  /** Looks for the program before the tests of a class run. */
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      if (AwsCli.program().isPresent()) {
        return ConditionEvaluationResult.enabled("there is an AWS CLI");
      }
      String reason =
          "No AWS CLI found: there is no program \"aws\" on the PATH. Install it (on Debian: apt-get"
              + " install awscli).";
      if ("true".equals(System.getenv("CI"))) {
        throw new IllegalStateException(reason);
      }
      return ConditionEvaluationResult.disabled(reason);
    }
  }
}
