package dev.cloudtask.localcloud.services.lambda;

import dev.cloudtask.localcloud.protocol.NotEmulated;
import dev.cloudtask.localcloud.services.lambda.execution.JavaRuntime;
import java.util.List;
import java.util.Set;

/**
 * Which runtimes AWS offers, which it has given up, and which run here.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html">Lambda
 *     runtimes</a>
 */
final class Runtimes {
  /** Those that functions can be created with today. */
  static final List<String> OFFERED =
      List.of(
          "java25",
          "java21",
          "nodejs24.x",
          "nodejs22.x",
          "python3.14",
          "python3.13",
          "python3.12",
          "python3.11",
          "dotnet10",
          "dotnet8",
          "ruby3.4",
          "ruby3.3",
          "provided.al2023");

  /** Those that functions cannot be created with any more. */
  private static final Set<String> GIVEN_UP =
      Set.of(
          "java8",
          "java8.al2",
          "java11",
          "java17",
          "nodejs",
          "nodejs4.3",
          "nodejs6.10",
          "nodejs8.10",
          "nodejs10.x",
          "nodejs12.x",
          "nodejs14.x",
          "nodejs16.x",
          "nodejs18.x",
          "nodejs20.x",
          "python2.7",
          "python3.6",
          "python3.7",
          "python3.8",
          "python3.9",
          "python3.10",
          "dotnetcore1.0",
          "dotnetcore2.0",
          "dotnetcore2.1",
          "dotnetcore3.1",
          "dotnet5.0",
          "dotnet6",
          "ruby2.5",
          "ruby2.7",
          "ruby3.2",
          "go1.x",
          "provided",
          "provided.al2");

  private Runtimes() {}

  /** Returns the runtime for an identifier, or refuses it with the reason. */
  static JavaRuntime require(String operation, String id) {
    if (GIVEN_UP.contains(id)) {
      throw LambdaErrors.runtimeDeprecated(id);
    }
    if (!OFFERED.contains(id)) {
      throw LambdaErrors.runtimeUnknown(id);
    }
    return JavaRuntime.find(id)
        .orElseThrow(
            () ->
                NotEmulated.parameter(
                    "lambda",
                    operation,
                    "The runtime " + id,
                    "Functions run here in java25 and java21."));
  }
}
