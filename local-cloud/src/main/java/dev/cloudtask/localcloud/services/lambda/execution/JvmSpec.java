package dev.cloudtask.localcloud.services.lambda.execution;

import dev.cloudtask.localcloud.digest.Sha256;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is fixed about a JVM when it boots. One that was booted for a spec can become any function
 * of the same spec.
 *
 * @param memoryMb the function's memory size
 * @param variables those environment variables that the JVM itself reads at start
 * @param libraries the jars of the package, in class path order
 * @param libraryHash names the libraries' contents
 */
record JvmSpec(
    int memoryMb, Map<String, String> variables, List<Path> libraries, String libraryHash) {
  /** Variables that take effect only at the start of a JVM. */
  static final List<String> BOOT_VARIABLES =
      List.of("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS", "TZ", "LANG", "LC_ALL");

  JvmSpec {
    variables = new TreeMap<>(variables);
    libraries = List.copyOf(libraries);
  }

  /** Returns the spec of a function. */
  static JvmSpec of(FunctionSpec function, Map<String, String> environment) {
    Map<String, String> variables = new TreeMap<>(environment);
    variables.keySet().retainAll(BOOT_VARIABLES);
    return new JvmSpec(
        function.memoryMb(), variables, function.code().libraries(), function.code().libraryHash());
  }

  /** Tells whether somebody passes options to the JVM: then it is started as plain as possible. */
  boolean hasOptions() {
    return variables.keySet().stream().anyMatch(name -> name.endsWith("_OPTIONS"));
  }

  /** Returns the heap in KiB: 85 % of the memory, as in AWS's managed runtimes. */
  long heapKib() {
    return Math.round(memoryMb * 1024 * 0.85);
  }

  /** Returns a short text that tells this spec from others. */
  String key() {
    return Sha256.hex(
        memoryMb
            + "\n"
            + libraryHash
            + "\n"
            + variables.entrySet().stream()
                .map(Map.Entry::toString)
                .collect(Collectors.joining("\n")));
  }
}
