package dev.cloudtask.localcloud.services.lambda.execution;

import dev.cloudtask.localcloud.iam.Caller;
import dev.cloudtask.localcloud.ports.LogSink;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** Writes functions' logs in order, behind the answers: no caller waits for it. */
final class LogWriter implements AutoCloseable {
  private final LogSink sink;
  private final ExecutorService queue =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "function logs");
            thread.setDaemon(true);
            return thread;
          });

  LogWriter(LogSink sink) {
    this.sink = sink;
  }

  void write(Caller writer, String group, String stream, List<LogSink.LogEvent> events) {
    if (events.isEmpty()) {
      return;
    }
    try {
      queue.execute(
          () -> {
            try {
              sink.write(writer, group, stream, events);
            } catch (RuntimeException e) {
              System.getLogger("local-cloud")
                  .log(System.Logger.Level.ERROR, "a function's log was not written", e);
            }
          });
    } catch (RejectedExecutionException e) {
      // The cloud is closing; what comes now was printed by a process being killed.
    }
  }

  @Override
  public void close() {
    queue.shutdown();
    try {
      queue.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
