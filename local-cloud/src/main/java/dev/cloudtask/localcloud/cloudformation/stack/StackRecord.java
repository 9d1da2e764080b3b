package dev.cloudtask.localcloud.cloudformation.stack;

import java.time.Instant;
import java.util.List;
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
    return new StackRecord(
        id,
        name,
        changed,
        why,
        source,
        previous,
        onFailure,
        terminationProtection,
        created,
        updated,
        deleted,
        outputs,
        changeSetId);
  }

  StackRecord withSource(StackSource changed, @Nullable StackSource before) {
    return new StackRecord(
        id,
        name,
        status,
        reason,
        changed,
        before,
        onFailure,
        terminationProtection,
        created,
        updated,
        deleted,
        outputs,
        changeSetId);
  }

  StackRecord withOutputs(List<Output> changed) {
    return new StackRecord(
        id,
        name,
        status,
        reason,
        source,
        previous,
        onFailure,
        terminationProtection,
        created,
        updated,
        deleted,
        List.copyOf(changed),
        changeSetId);
  }

  StackRecord withOnFailure(String changed) {
    return new StackRecord(
        id,
        name,
        status,
        reason,
        source,
        previous,
        changed,
        terminationProtection,
        created,
        updated,
        deleted,
        outputs,
        changeSetId);
  }

  StackRecord withTerminationProtection(boolean changed) {
    return new StackRecord(
        id,
        name,
        status,
        reason,
        source,
        previous,
        onFailure,
        changed,
        created,
        updated,
        deleted,
        outputs,
        changeSetId);
  }

  StackRecord withUpdated(Instant at) {
    return new StackRecord(
        id,
        name,
        status,
        reason,
        source,
        previous,
        onFailure,
        terminationProtection,
        created,
        at,
        deleted,
        outputs,
        changeSetId);
  }

  StackRecord withDeleted(Instant at) {
    return new StackRecord(
        id,
        name,
        status,
        reason,
        source,
        previous,
        onFailure,
        terminationProtection,
        created,
        updated,
        at,
        outputs,
        changeSetId);
  }

  StackRecord withChangeSet(String changed) {
    return new StackRecord(
        id,
        name,
        status,
        reason,
        source,
        previous,
        onFailure,
        terminationProtection,
        created,
        updated,
        deleted,
        outputs,
        changed);
  }
}
