package dev.cloudtask.labs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Has a real Maven make the package of a project whose pom somebody has changed. */
final class MavenPackage {
  private static final String TESTS =
      "(?s)<dependency>\\s*<groupId>dev.cloudtask</groupId>.*?</dependency>";
  private static final long PATIENCE_MINUTES = 3;

  private MavenPackage() {}

  static void make(Path project) throws IOException {
    // The tests' own library is not installed anywhere, and a package has no use for it.
    Path pom = project.resolve("package-pom.xml");
    Files.writeString(pom, Files.readString(project.resolve("pom.xml")).replaceAll(TESTS, ""));
    boolean windows = System.getProperty("os.name").startsWith("Windows");
    Path log = Files.createTempFile("package-", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("maven.home", ""), "bin", windows ? "mvn.cmd" : "mvn")
                    .toString(),
                "-B",
                "-q",
                System.getProperty("maven.mode", "").endsWith("true") ? "-o" : "-nsu",
                "-Dmaven.repo.local=" + System.getProperty("maven.repo.local"),
                "-f",
                pom.getFileName().toString(),
                "-Dmaven.test.skip",
                "package")
            .directory(project.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("MAVEN_"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("MAVEN_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
        throw new AssertionError("Maven did not end:\n" + Files.readString(log));
      }
      if (process.exitValue() != 0) {
        List<String> said = Files.readAllLines(log, StandardCharsets.UTF_8);
        throw new AssertionError("Maven makes no package:\n" + String.join("\n", said));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      process.destroyForcibly();
      Files.deleteIfExists(log);
      Files.deleteIfExists(pom);
    }
  }
}
