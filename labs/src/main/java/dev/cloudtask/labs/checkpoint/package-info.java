/**
 * Skeleton and checkpoints out of one source.
 *
 * <p>{@code solutions/} is the master. Short numbered marks in its files ({@link
 * dev.cloudtask.labs.checkpoint.MarkedText}) say which lines belong to which step; the text that
 * stands there before the step is done lies beside the lab, in {@code labs/N-slug/stubs/}. What
 * happens to each file of the solution is said in {@code labs/skeleton.rules} ({@link
 * dev.cloudtask.labs.checkpoint.Rules}). {@link dev.cloudtask.labs.checkpoint.Checkpoint} puts
 * these together for any {@link dev.cloudtask.labs.checkpoint.Progress}; {@link
 * dev.cloudtask.labs.checkpoint.LeakScan} proves that no line of an unsolved step got out.
 *
 * <p>All of it is strict: whatever is not understood stops the build, with file and line ({@link
 * dev.cloudtask.labs.checkpoint.SourceException}).
 */
@NullMarked
package dev.cloudtask.labs.checkpoint;

import org.jspecify.annotations.NullMarked;
