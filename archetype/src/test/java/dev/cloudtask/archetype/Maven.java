package dev.cloudtask.archetype;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Maven as a process.
 *
 * @param program what is started: Maven itself, or a project's wrapper
 * @param jdk the JDK that it runs on
 * @param localRepository where it finds what it needs
 * @param offline whether it may fetch nothing, as this build itself
 */
record Maven(Path program, Path jdk, Path localRepository, boolean offline) {
  private static final int PATIENCE_MINUTES = 10;
  private static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");

  /** How a run ended and what it printed. */
  record Result(int exit, String output) {}

  /** Returns the Maven that runs this build, on the same JDK. */
  static Maven ofThisBuild(Path localRepository) {
    return new Maven(
        Path.of(System.getProperty("maven.home", ""), "bin", WINDOWS ? "mvn.cmd" : "mvn"),
        Path.of(System.getProperty("java.home")),
        localRepository,
        System.getProperty("maven.mode", "").endsWith("true"));
  }

  /** Returns the same on another JDK. */
  Maven on(Path otherJdk) {
    return new Maven(program, otherJdk, localRepository, offline);
  }

  /** Returns the one that a project's wrapper brings. */
  Maven throughWrapper(Path project) {
    return new Maven(project.resolve(WINDOWS ? "mvnw.cmd" : "mvnw"), jdk, localRepository, offline);
  }

  /** Runs in a folder. */
  Result run(Path folder, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
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
    builder.environment().put("JAVA_HOME", jdk.toString());
    // What the outer build was told is not for this one.
    builder.environment().keySet().removeIf(name -> name.startsWith("MAVEN_"));
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
