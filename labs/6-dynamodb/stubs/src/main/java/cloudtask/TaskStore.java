package cloudtask;

import java.util.List;
import java.util.Optional;

/**
 * Keeps tasks.
 *
 * <p>Task ids are at most {@value #MAX_TASK_ID_BYTES} bytes long in UTF-8. Callers see to that.
 */
interface TaskStore {

  /** Longest task id, in bytes of UTF-8. */
  int MAX_TASK_ID_BYTES = 1024;

  /** Adds a task whose id is new. */
  void add(Task task);

  /** The tasks of a user, in the order of their ids. */
  // TODO Lab 6  A long list comes in pages.
  List<Task> list(String userId);

  /**
   * Changes the fields of a task that the input names, and no other.
   *
   * @return the task as it is now; empty when there is no such task
   */
  Optional<Task> update(String userId, String taskId, TaskInput input);

  /**
   * Removes a task.
   *
   * @return whether there was such a task
   */
  boolean delete(String userId, String taskId);
}
