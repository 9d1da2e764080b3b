package cloudtask;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps tasks, each user's apart. Every operation takes the user first: there is none that could
 * reach into another user's tasks.
 *
 * <p>Task ids are at most {@value #MAX_TASK_ID_BYTES} bytes long in UTF-8, as DynamoDB's sort keys
 * are. Callers see to that.
 */
interface TaskStore {

  /** Longest task id, in bytes of UTF-8. */
  int MAX_TASK_ID_BYTES = 1024;

  /** Adds a task whose id is new. */
  void add(Task task);

  /**
   * One page of a user's tasks, in the order of their ids.
   *
   * @param after only tasks after this id; null begins at the start. It need not exist (any more).
   * @param limit the most tasks to return; null leaves it to the store how long its pages are
   */
  Page list(String userId, @Nullable String after, @Nullable Integer limit);

  /**
   * Changes the fields of a task that the input names, and no other.
   *
   * @return the task as it is now; empty when this user has no such task
   */
  Optional<Task> update(String userId, String taskId, TaskInput input);

  /**
   * Removes a task.
   *
   * @return whether this user had such a task
   */
  boolean delete(String userId, String taskId);

  /**
   * A page of tasks.
   *
   * @param next the id to continue {@code after}; null when there is no more
   */
  record Page(List<Task> tasks, @Nullable String next) {

    public Page {
      tasks = List.copyOf(tasks);
    }
  }
}
