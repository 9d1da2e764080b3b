package dev.cloudtask.localcloud.services.lambda.execution;

import dev.cloudtask.localcloud.digest.Sha256;
import java.util.Locale;
import java.util.Optional;

/**
 * The lines that Lambda itself writes into a function's log.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/java-logging.html">Log and monitor
 *     Java Lambda functions</a>
 */
final class PlatformLines {
  private PlatformLines() {}

  static String start(String requestId, String version) {
    return "START RequestId: " + requestId + " Version: " + version;
  }

  static String end(String requestId) {
    return "END RequestId: " + requestId;
  }

  static String initStart(JavaRuntime runtime, String region) {
    return "INIT_START Runtime Version: java:"
        + runtime.release()
        + ".local\tRuntime Version ARN: arn:aws:lambda:"
        + region
        + "::runtime:"
        + Sha256.hex(runtime.id() + Runtime.version());
  }

  /**
   * Returns the line of an initialisation that failed.
   *
   * @param phase {@code init}, or {@code invoke} when it was tried again for an invocation
   * @param errorType empty if it took too long
   */
  static String initReport(double millis, String phase, Optional<String> errorType) {
    return "INIT_REPORT Init Duration: "
        + millis(millis)
        + "\tPhase: "
        + phase
        + "\tStatus: "
        + (errorType.isPresent() ? "error\tError Type: " + errorType.get() : "timeout");
  }

  static String report(
      String requestId,
      double millis,
      FunctionSpec function,
      Optional<Integer> peakMemoryMb,
      Optional<Double> initMillis,
      Optional<String> status) {
    int used = Math.min(function.memoryMb(), peakMemoryMb.orElse(function.memoryMb()));
    return "REPORT RequestId: "
        + requestId
        + "\tDuration: "
        + millis(millis)
        + "\tBilled Duration: "
        + (long) Math.ceil(millis)
        + " ms\tMemory Size: "
        + function.memoryMb()
        + " MB\tMax Memory Used: "
        + used
        + " MB\t"
        + initMillis.map(init -> "Init Duration: " + millis(init) + "\t").orElse("")
        + status.map(text -> text + "\t").orElse("");
  }

  static String timedOut(int seconds) {
    return "Task timed out after " + seconds + ".00 seconds";
  }

  private static String millis(double value) {
    return String.format(Locale.ROOT, "%.2f ms", value);
  }
}
