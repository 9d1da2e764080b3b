package dev.cloudtask.archetype;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The Maven that runs this build, as a process.
 *
 * @param home Maven's folder
 * @param localRepository where it finds what it needs
 * @param offline whether it may fetch nothing, as this build itself
 */
record Maven(Path home, Path localRepository, boolean offline) {
  private static final int PATIENCE_MINUTES = 5;

  /** How a run ended and what it printed. */
  record Result(int exit, String output) {}

  /** Runs in a folder. */
  Result run(Path folder, String... arguments) throws IOException, InterruptedException {
    boolean windows = System.getProperty("os.name").startsWith("Windows");
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin").resolve(windows ? "mvn.cmd" : "mvn").toString());
    command.addAll(List.of("-B", "-Dstyle.color=never", "-Dmaven.repo.local=" + localRepository));
    if (offline) {
      command.add("-o");
    }
    command.addAll(List.of(arguments));
    Path log = Files.createTempFile("maven-", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    // What the outer build was told is not for this one.
    builder.environment().keySet().removeIf(name -> name.startsWith("MAVEN_"));
    // It lives for seconds: the second compiler would cost more than it gives.
    builder.environment().put("MAVEN_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
    Process process = builder.start();
    process.getOutputStream().close();
    try {
      if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new AssertionError("Maven did not end:\n" + Files.readString(log));
      }
      return new Result(
          process.exitValue(), new String(Files.readAllBytes(log), StandardCharsets.UTF_8));
    } finally {
      Files.deleteIfExists(log);
    }
  }
}
