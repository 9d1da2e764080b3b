package dev.cloudtask.localcloud.services.lambda.execution;

import dev.cloudtask.lambdaruntime.Assignment;
import dev.cloudtask.lambdaruntime.LogFrames;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One child process: booted without knowing whose it will be, then given a function, in the end
 * killed. Its standard input stays open as long as this process lives; the child ends with it.
 */
final class FunctionJvm {
  private final Process process;
  private final JvmSpec spec;
  private final Sandbox sandbox;
  private final boolean archived;
  private final CompletableFuture<Exit> exit = new CompletableFuture<>();
  private final CompletableFuture<Boolean> booted = new CompletableFuture<>();
  private final CompletableFuture<Boolean> waiting = new CompletableFuture<>();
  private final CompletableFuture<Void> outputEnd = new CompletableFuture<>();
  private final List<String> early = new ArrayList<>();
  private OutputReader.@Nullable Listener listener;

  private FunctionJvm(
      Process process, JvmSpec spec, Sandbox sandbox, boolean archived, String secret) {
    this.process = process;
    this.spec = spec;
    this.sandbox = sandbox;
    this.archived = archived;
    OutputReader reader = new OutputReader(secret, process.getInputStream(), new Output());
    Thread thread = new Thread(reader::run, "output of function process " + process.pid());
    thread.setDaemon(true);
    thread.start();
    CompletableFuture<Void> unused =
        process
            .onExit()
            .thenAccept(
                ended -> {
                  booted.complete(false);
                  waiting.complete(false);
                  exit.complete(new Exit(ended.exitValue()));
                });
  }

  /** Starts a process; see {@link JavaCommand} for its options. */
  static FunctionJvm start(
      JavaCommand command, JvmSpec spec, Sandbox sandbox, String secret, boolean warm)
      throws IOException {
    Optional<Path> archive = spec.hasOptions() ? Optional.empty() : command.archive(spec);
    ProcessBuilder builder =
        new ProcessBuilder(command.function(spec, sandbox, archive, secret, warm))
            .directory(sandbox.task().toFile())
            .redirectErrorStream(true);
    JavaCommand.environment(builder, spec, sandbox);
    return new FunctionJvm(builder.start(), spec, sandbox, archive.isPresent(), secret);
  }

  /** Makes it a function; from now on its output goes to the listener. */
  void assign(Assignment assignment, OutputReader.Listener to) throws IOException {
    synchronized (this) {
      listener = to;
      early.forEach(to::text);
      early.clear();
    }
    assignment.write(new DataOutputStream(new BufferedOutputStream(process.getOutputStream())));
  }

  JvmSpec spec() {
    return spec;
  }

  Sandbox sandbox() {
    return sandbox;
  }

  /** Tells whether it was started with an archive of classes. */
  boolean isArchived() {
    return archived;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Completes with true when the JVM is up, with false if it died before. */
  CompletableFuture<Boolean> booted() {
    return booted;
  }

  /** Completes with true when a warm one waits for its function, with false if it died before. */
  CompletableFuture<Boolean> waiting() {
    return waiting;
  }

  CompletableFuture<Exit> exit() {
    return exit;
  }

  /** Kills it and waits until it is gone. */
  void kill() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    outputEnd.completeOnTimeout(null, 500, TimeUnit.MILLISECONDS).join();
  }

  /** Returns the most memory it has used, in MB, where the system tells; else empty. */
  Optional<Integer> peakMemoryMb() {
    Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
    try {
      for (String line : Files.readAllLines(status)) {
        if (line.startsWith("VmHWM:")) {
          return Optional.of(Integer.parseInt(line.replaceAll("\\D", "")) / 1024);
        }
      }
    } catch (IOException | NumberFormatException e) {
      // No such file outside Linux, or the process is gone.
    }
    return Optional.empty();
  }

  private final class Output implements OutputReader.Listener {
    @Override
    public void text(String text) {
      synchronized (FunctionJvm.this) {
        if (listener == null) {
          early.add(text);
        } else {
          listener.text(text);
        }
      }
    }

    @Override
    public void frame(char kind, String content) {
      if (kind == LogFrames.BOOTED) {
        booted.complete(true);
      } else if (kind == LogFrames.WAITING) {
        waiting.complete(true);
      } else {
        synchronized (FunctionJvm.this) {
          if (listener != null) {
            listener.frame(kind, content);
          }
        }
      }
    }

    @Override
    public void ended() {
      outputEnd.complete(null);
      synchronized (FunctionJvm.this) {
        if (listener != null) {
          listener.ended();
        }
      }
    }
  }
}
