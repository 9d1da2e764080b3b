package dev.cloudtask.localcloud.cloudformation.stack;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A stack as it is kept.
 *
 * @param id its ARN
 * @param source what it was last asked to be
 * @param previous what it was before an update that has not ended yet
 * @param onFailure {@code ROLLBACK}, {@code DELETE} or {@code DO_NOTHING}
 * @param changeSetId the change set that was last executed or created it
 */
public record StackRecord(
    String id,
    String name,
    String status,
    @Nullable String reason,
    StackSource source,
    @Nullable StackSource previous,
    String onFailure,
    boolean terminationProtection,
    Instant created,
    @Nullable Instant updated,
    @Nullable Instant deleted,
    List<Output> outputs,
    @Nullable String changeSetId) {

  /** One output of a stack. */
  public record Output(
      String key, String value, @Nullable String description, @Nullable String exportName) {}

  /** Tells whether something is being done to it. */
  public boolean isInProgress() {
    return status.endsWith("_IN_PROGRESS") && !status.equals("REVIEW_IN_PROGRESS");
  }

  /** Tells whether its name is free again. */
  public boolean isDeleted() {
    return status.equals("DELETE_COMPLETE");
  }

  StackRecord withStatus(String changed, @Nullable String why) {
    return with(
        draft -> {
          draft.status = changed;
          draft.reason = why;
        });
  }

  StackRecord withSource(StackSource changed, @Nullable StackSource before) {
    return with(
        draft -> {
          draft.source = changed;
          draft.previous = before;
        });
  }

  StackRecord withOutputs(List<Output> changed) {
    return with(draft -> draft.outputs = List.copyOf(changed));
  }

  StackRecord withOnFailure(String changed) {
    return with(draft -> draft.onFailure = changed);
  }

  StackRecord withTerminationProtection(boolean changed) {
    return with(draft -> draft.terminationProtection = changed);
  }

  StackRecord withUpdated(Instant at) {
    return with(draft -> draft.updated = at);
  }

  StackRecord withDeleted(Instant at) {
    return with(draft -> draft.deleted = at);
  }

  StackRecord withChangeSet(String changed) {
    return with(draft -> draft.changeSetId = changed);
  }

  private StackRecord with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return new StackRecord(
        id,
        name,
        draft.status,
        draft.reason,
        draft.source,
        draft.previous,
        draft.onFailure,
        draft.terminationProtection,
        created,
        draft.updated,
        draft.deleted,
        draft.outputs,
        draft.changeSetId);
  }

  /** What may change of a stack, while it is being changed. */
  private static final class Draft {
    private String status;
    private @Nullable String reason;
    private StackSource source;
    private @Nullable StackSource previous;
    private String onFailure;
    private boolean terminationProtection;
    private @Nullable Instant updated;
    private @Nullable Instant deleted;
    private List<Output> outputs;
    private @Nullable String changeSetId;

    Draft(StackRecord stack) {
      status = stack.status;
      reason = stack.reason;
      source = stack.source;
      previous = stack.previous;
      onFailure = stack.onFailure;
      terminationProtection = stack.terminationProtection;
      updated = stack.updated;
      deleted = stack.deleted;
      outputs = stack.outputs;
      changeSetId = stack.changeSetId;
    }
  }
}
