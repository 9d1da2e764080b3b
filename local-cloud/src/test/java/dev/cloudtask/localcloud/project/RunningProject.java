package dev.cloudtask.localcloud.project;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** {@link ProjectMain} in a JVM of its own, as {@code lab:start} runs it. */
final class RunningProject implements AutoCloseable {
  private final Path folder;
  private final Path output;
  private final Process process;
  private List<ProcessHandle> children = List.of();

  private RunningProject(Path folder, Path output, Process process) {
    this.folder = folder;
    this.output = output;
    this.process = process;
  }

  /** Starts it; its output goes to a file. */
  static RunningProject start(Path folder, String... arguments) throws IOException {
    Path output = Files.createTempFile(folder, "output", ".txt");
    Path noNames = folder.resolve("hosts");
    Files.writeString(noNames, "");
    List<String> command = new ArrayList<>();
    if (Files.exists(Path.of("/proc/self"))) {
      // Whoever starts the tests in the background has them ignore Ctrl-C, and all their children.
      command.addAll(List.of("env", "--default-signal=INT"));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    // With a file of hosts that has none, Java asks nobody else: a name looked up is a failure.
    command.add("-Djdk.net.hosts.file=" + noNames);
    String surefire = System.getProperty("surefire.test.class.path");
    command.add("-cp");
    command.add(surefire == null ? System.getProperty("java.class.path") : surefire);
    command.add(ProjectMain.class.getName());
    command.add(folder.toString());
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new RunningProject(folder, output, process);
  }

  /** Waits until this process has written run.json, and returns it. */
  JsonObject facts() throws IOException, InterruptedException {
    Path file = folder.resolve(".cloudtask").resolve("run.json");
    await("run.json", () -> !process.isAlive() || ofThisProcess(file));
    if (!process.isAlive()) {
      throw new IllegalStateException("it has ended:\n" + output());
    }
    return read(file);
  }

  private boolean ofThisProcess(Path file) {
    return Files.exists(file) && read(file).get("pid").getAsLong() == process.pid();
  }

  private static JsonObject read(Path file) {
    try {
      return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    } catch (IOException e) {
      return new JsonObject();
    }
  }

  URI endpoint() throws IOException, InterruptedException {
    return URI.create(facts().get("endpoint").getAsString());
  }

  /** Returns the process and all that it has started. */
  List<ProcessHandle> processes() {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.add(process.toHandle());
    return all;
  }

  /** Ends it by a signal and waits. */
  int signal(String name) throws IOException, InterruptedException {
    children = process.descendants().toList();
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    return awaitEnd();
  }

  /** Closes its input, as the death of its parent does, and waits. */
  int closeInput() throws IOException, InterruptedException {
    children = process.descendants().toList();
    process.getOutputStream().close();
    return awaitEnd();
  }

  /** Waits for its end; returns the exit code. */
  int awaitEnd() throws InterruptedException {
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new IllegalStateException("it does not end");
    }
    return process.exitValue();
  }

  /** Tells how many processes it had when it was ended, and waits until all are gone. */
  int childrenGone() throws InterruptedException {
    await("end of its children", () -> children.stream().noneMatch(ProcessHandle::isAlive));
    return children.size();
  }

  boolean hasRunFile() {
    return Files.exists(folder.resolve(".cloudtask").resolve("run.json"));
  }

  String output() throws IOException {
    return Files.readString(output, StandardCharsets.UTF_8);
  }

  private static void await(String what, BooleanSupplier condition) throws InterruptedException {
    Instant deadline = Instant.now().plus(Duration.ofSeconds(60));
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(deadline)) {
        throw new IllegalStateException("no " + what);
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
