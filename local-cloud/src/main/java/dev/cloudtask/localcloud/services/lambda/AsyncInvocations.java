package dev.cloudtask.localcloud.services.lambda;

import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.services.lambda.execution.InvocationResult;
import dev.cloudtask.localcloud.store.Codec;
import dev.cloudtask.localcloud.store.StateMap;
import dev.cloudtask.localcloud.trace.Trace;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Asynchronous invocations: accepted at once, kept in the store until they are done, tried again
 * when the function fails.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html">
 *     How Lambda handles errors and retries with asynchronous invocation</a>
 */
final class AsyncInvocations implements AutoCloseable {
  /** How long Lambda waits before its second and its third try. */
  private static final List<Duration> DELAYS =
      List.of(Duration.ofMinutes(1), Duration.ofMinutes(2));

  /** The most events that wait at once. */
  private static final int CAPACITY = 10_000;

  private static final int WORKERS = 4;
  private static final long LOOK_MILLIS = 200;

  /**
   * One event that was accepted.
   *
   * @param attempt how often it has been tried
   * @param due when it is to be tried next
   */
  record Event(
      String requestId,
      String function,
      String qualifier,
      String payload,
      String clientContext,
      int attempt,
      Instant due) {
    Event again(Instant at) {
      return new Event(requestId, function, qualifier, payload, clientContext, attempt + 1, at);
    }
  }

  private final CloudEnvironment cloud;
  private final Invocations invocations;
  private final StateMap<String, Event> events;
  private final Queue<Event> later = new ConcurrentLinkedQueue<>();
  private final ScheduledThreadPoolExecutor workers = new ScheduledThreadPoolExecutor(WORKERS);

  AsyncInvocations(CloudEnvironment cloud, Invocations invocations) {
    this.cloud = cloud;
    this.invocations = invocations;
    this.events = cloud.store().map("lambda.events", Codec.json(Event.class));
    workers.setThreadFactory(
        work -> {
          Thread thread = new Thread(work, "asynchronous invocations");
          thread.setDaemon(true);
          return thread;
        });
    // Looked for rather than slept for: the cloud's clock may be moved.
    Future<?> unused =
        workers.scheduleWithFixedDelay(
            this::runDue, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Goes on with the events that an earlier process had accepted. */
  void resume() {
    later.addAll(events.values());
  }

  /** Accepts an event: once this returns it will be tried. */
  void accept(
      FunctionRef function, String requestId, byte[] payload, Optional<String> clientContext) {
    if (events.size() >= CAPACITY) {
      throw new AwsException("TooManyRequestsException", 429, "Rate Exceeded.")
          .with("Reason", "CallerRateLimitExceeded")
          .with("Type", "User");
    }
    Event event =
        new Event(
            requestId,
            function.name(),
            function.qualifier().orElse(""),
            Base64.getEncoder().encodeToString(payload),
            clientContext.orElse(""),
            0,
            cloud.clock().instant());
    cloud.store().write(() -> events.put(requestId, event));
    start(event);
  }

  private void runDue() {
    Instant now = cloud.clock().instant();
    for (Event event : List.copyOf(later)) {
      if (!event.due().isAfter(now) && later.remove(event)) {
        start(event);
      }
    }
  }

  private void start(Event event) {
    try {
      workers.execute(() -> run(event));
    } catch (RejectedExecutionException e) {
      // The cloud is closing: the event is in the store for the next one.
    }
  }

  private void run(Event event) {
    Trace trace =
        cloud
            .tracer()
            .begin(event.requestId(), cloud.clock().instant(), "lambda", "asynchronous invocation");
    boolean failed;
    try (var span = trace.root()) {
      span.note("attempt", event.attempt() + 1);
      InvocationResult result =
          invocations.invoke(
              new FunctionRef(
                  event.function(), Optional.of(event.qualifier()).filter(q -> !q.isEmpty())),
              event.requestId(),
              Base64.getDecoder().decode(event.payload()),
              Optional.of(event.clientContext()).filter(text -> !text.isEmpty()),
              span);
      failed = result.functionError().isPresent();
      if (failed) {
        span.fail(new String(result.payload(), StandardCharsets.UTF_8));
      }
    } catch (AwsException e) {
      failed = !e.code().equals("ResourceNotFoundException");
    } catch (RuntimeException e) {
      return; // closing, or a defect of ours that was logged: the event stays in the store
    }
    if (failed && event.attempt() < DELAYS.size()) {
      Event next = event.again(cloud.clock().instant().plus(DELAYS.get(event.attempt())));
      cloud.store().write(() -> events.put(event.requestId(), next));
      later.add(next);
    } else {
      cloud.store().write(() -> events.remove(event.requestId()));
    }
  }

  @Override
  public void close() {
    workers.shutdownNow();
  }
}
