package dev.cloudtask.localcloud.cloudformation.stack;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.environment.CloudEnvironment;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes a deployment's events, and with them the statuses they tell of. */
final class Events {
  private final StackStore store;
  private final CloudEnvironment environment;
  private final @Nullable String token;

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
            resource.logicalId()
                + "-"
                + resource.status()
                + "-"
                + resource.at().toString().replaceAll("\\.\\d+", ""),
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

  private Instant now() {
    return environment.clock().instant();
  }
}
