package dev.cloudtask.lab.run;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The JVM that runs a project's cloud.
 *
 * <p>It is started with a class-data archive (AppCDS, JEP 350) that an earlier run left behind:
 * that is what brings the start down to about a second. The archive's name holds a hash of the
 * class path and of the Java version; a missing or unusable one only costs time. Since Java 19 the
 * JVM looks after the archive by itself; Java 17 is told to write it when it ends.
 */
public final class CloudProcess {
  private static final int STOP_SECONDS = 15;

  /**
   * When the JVM's second compiler may take a method: ten times later than usual. It doubled the
   * processor time of a start, for code that runs once; what is used a lot it still gets.
   */
  private static final List<String> COMPILE_LATE =
      List.of(
          "-XX:Tier4InvocationThreshold=50000",
          "-XX:Tier4MinInvocationThreshold=6000",
          "-XX:Tier4CompileThreshold=150000",
          "-XX:Tier4BackEdgeThreshold=400000");

  /** Before Java 18, reflection would make a class for each accessor that is called 16 times. */
  private static final int INFLATES_UNTIL = 17;

  private final Path javaHome;
  private final List<Path> classPath;
  private final Path cacheFolder;

  /**
   * Describes the process.
   *
   * @param javaHome the JDK or JRE to run on
   * @param classPath local-cloud and what it needs
   * @param cacheFolder where the archive is kept
   */
  public CloudProcess(Path javaHome, List<Path> classPath, Path cacheFolder) {
    this.javaHome = javaHome;
    this.classPath = List.copyOf(classPath);
    this.cacheFolder = cacheFolder;
  }

  /**
   * Runs the main class in the foreground until it ends or this JVM is told to end.
   *
   * @return the exit code
   */
  public int run(String mainClass, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(javaHome.resolve("bin").resolve(windows() ? "java.exe" : "java").toString());
    command.addAll(jvmOptions());
    command.add("-Dlocalcloud.born=" + System.currentTimeMillis());
    command.add("-cp");
    command.add(String.join(File.pathSeparator, classPath.stream().map(Path::toString).toList()));
    command.add(mainClass);
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command)
            .redirectInput(ProcessBuilder.Redirect.PIPE)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Thread stopper = new Thread(() -> stop(process), "stop-cloud");
    Runtime.getRuntime().addShutdownHook(stopper);
    int exit = process.waitFor();
    try {
      Runtime.getRuntime().removeShutdownHook(stopper);
    } catch (IllegalStateException e) {
      // This JVM is ending already: the hook has done it, or is about to.
      return exit;
    }
    return exit;
  }

  /**
   * Ctrl-C reaches both processes; a plain kill only this one, and the closed pipe tells the other.
   */
  private static void stop(Process process) {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroy();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private List<String> jvmOptions() throws IOException {
    Files.createDirectories(cacheFolder);
    int feature = featureVersion();
    Path archive = cacheFolder.resolve("cloud-" + feature + "-" + fingerprint() + ".jsa");
    List<String> options = new ArrayList<>();
    options.add("-XX:+UseSerialGC");
    options.add("-Xshare:auto");
    options.add("-Xlog:disable");
    options.add("-Xlog:all=error:stderr");
    options.add("-Dfile.encoding=UTF-8");
    options.addAll(COMPILE_LATE);
    if (feature <= INFLATES_UNTIL) {
      options.add("-Dsun.reflect.inflationThreshold=1000");
    }
    if (feature >= 19) {
      options.add("-XX:+AutoCreateSharedArchive");
      options.add("-XX:SharedArchiveFile=" + archive);
    } else if (Files.exists(archive)) {
      options.add("-XX:SharedArchiveFile=" + archive);
    } else {
      deleteOldArchives(feature);
      options.add("-XX:ArchiveClassesAtExit=" + archive);
    }
    return options;
  }

  private void deleteOldArchives(int feature) throws IOException {
    try (Stream<Path> files = Files.list(cacheFolder)) {
      for (Path file : files.toList()) {
        if (file.getFileName().toString().startsWith("cloud-" + feature + "-")) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private int featureVersion() throws IOException {
    Path release = javaHome.resolve("release");
    if (Files.exists(release)) {
      for (String line : Files.readAllLines(release)) {
        if (line.startsWith("JAVA_VERSION=")) {
          return Runtime.Version.parse(line.substring("JAVA_VERSION=".length()).replace("\"", ""))
              .feature();
        }
      }
    }
    return Runtime.version().feature();
  }

  /** Archives are good for one class path: its files, their sizes and times. */
  private String fingerprint() throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(javaHome.toString().getBytes(StandardCharsets.UTF_8));
      for (Path file : classPath) {
        digest.update(
            (file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file))
                .getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static boolean windows() {
    return System.getProperty("os.name").startsWith("Windows");
  }
}
