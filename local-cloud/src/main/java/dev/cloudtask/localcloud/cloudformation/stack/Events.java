package dev.cloudtask.localcloud.cloudformation.stack;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.environment.CloudEnvironment;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes a deployment's events, and with them the statuses they tell of. */
final class Events {
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final StackStore store;
  private final CloudEnvironment environment;
  private final @Nullable String token;
  private Instant last = Instant.EPOCH;

  Events(StackStore store, CloudEnvironment environment, @Nullable String token) {
    this.store = store;
    this.environment = environment;
    this.token = token;
  }

  /** Sets a stack's status and writes its event. */
  StackRecord stack(StackRecord stack, String status, @Nullable String reason) {
    StackRecord changed = stack.withStatus(status, reason);
    store.write(
        () -> {
          store.put(changed);
          store.add(
              new EventRecord(
                  environment.ids().uuid(),
                  stack.id(),
                  stack.name(),
                  stack.name(),
                  stack.id(),
                  "AWS::CloudFormation::Stack",
                  status,
                  reason,
                  null,
                  null,
                  token,
                  now()));
        });
    return changed;
  }

  /** Sets a resource's status and writes its event. */
  ResourceRecord resource(
      StackRecord stack, ResourceRecord resource, String status, @Nullable String reason) {
    return resource(stack, resource, status, reason, null);
  }

  ResourceRecord resource(
      StackRecord stack,
      ResourceRecord resource,
      String status,
      @Nullable String reason,
      @Nullable String detailedStatus) {
    ResourceRecord changed = resource.withStatus(status, reason, now());
    store.write(
        () -> {
          store.put(changed);
          only(stack, changed, detailedStatus);
        });
    return changed;
  }

  /** Writes an event of a resource that the stack has let go of already. */
  void leftover(
      StackRecord stack, ResourceRecord resource, String status, @Nullable String reason) {
    store.write(() -> only(stack, resource.withStatus(status, reason, now()), null));
  }

  private void only(StackRecord stack, ResourceRecord resource, @Nullable String detailedStatus) {
    String physicalId = resource.physicalId();
    store.add(
        new EventRecord(
            resource.logicalId() + "-" + resource.status() + "-" + MILLIS.format(resource.at()),
            stack.id(),
            stack.name(),
            resource.logicalId(),
            physicalId == null ? "" : physicalId,
            resource.type(),
            resource.status(),
            resource.reason(),
            text(resource.properties()),
            detailedStatus,
            token,
            resource.at()));
  }

  private static String text(JsonObject properties) {
    return properties.toString();
  }

  /** Returns the time to the millisecond, never the same twice: event ids are made of it. */
  private synchronized Instant now() {
    Instant now = environment.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    last = now.isAfter(last) ? now : last.plusMillis(1);
    return last;
  }
}
