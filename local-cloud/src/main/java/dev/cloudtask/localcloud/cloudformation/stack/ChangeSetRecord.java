package dev.cloudtask.localcloud.cloudformation.stack;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change set as it is kept.
 *
 * @param type {@code CREATE} or {@code UPDATE}
 * @param onStackFailure what a failed execution does; null for the default
 */
public record ChangeSetRecord(
    String id,
    String name,
    String stackId,
    String stackName,
    String type,
    @Nullable String description,
    String status,
    @Nullable String reason,
    String executionStatus,
    StackSource source,
    List<Change> changes,
    @Nullable String onStackFailure,
    Instant created) {

  /**
   * One change to one resource.
   *
   * @param action {@code Add}, {@code Modify} or {@code Remove}
   * @param replacement {@code True}, {@code False} or {@code Conditional}; null unless modified
   * @param properties the names of the properties that change
   */
  public record Change(
      String action,
      String logicalId,
      @Nullable String physicalId,
      String type,
      @Nullable String replacement,
      List<PropertyChange> properties,
      boolean tagsChange) {}

  /**
   * One property that changes.
   *
   * @param requiresRecreation {@code Never}, {@code Conditionally} or {@code Always}
   */
  public record PropertyChange(String name, String requiresRecreation) {}

  ChangeSetRecord withExecution(String changed) {
    return new ChangeSetRecord(
        id,
        name,
        stackId,
        stackName,
        type,
        description,
        status,
        reason,
        changed,
        source,
        changes,
        onStackFailure,
        created);
  }
}
