package cloudtask;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A {@link TaskStore} that keeps its promise with sorted maps: one of tasks per user. */
final class InMemoryTaskStore implements TaskStore {

  private final Map<String, NavigableMap<String, Task>> users = new TreeMap<>();
  private final int longestPage;

  InMemoryTaskStore() {
    this(Integer.MAX_VALUE);
  }

  /** A store that ends a page after so many tasks, whoever asks. */
  InMemoryTaskStore(int longestPage) {
    this.longestPage = longestPage;
  }

  @Override
  public void add(Task task) {
    if (tasksOf(task.userId()).putIfAbsent(task.taskId(), task) != null) {
      throw new IllegalStateException("there already: " + task.taskId());
    }
  }

  @Override
  public Page list(String userId, @Nullable String after, @Nullable Integer limit) {
    int most = limit == null ? longestPage : Math.min(limit, longestPage);
    NavigableMap<String, Task> all = tasksOf(userId);
    List<Task> rest = new ArrayList<>((after == null ? all : all.tailMap(after, false)).values());
    if (rest.size() <= most) {
      return new Page(rest, null);
    }
    List<Task> page = rest.subList(0, most);
    return new Page(page, page.get(most - 1).taskId());
  }

  @Override
  public Optional<Task> update(String userId, String taskId, TaskInput input) {
    checkId(taskId);
    return Optional.ofNullable(
        tasksOf(userId)
            .computeIfPresent(
                taskId,
                (id, task) ->
                    new Task(
                        userId,
                        id,
                        input.title() == null ? task.title() : input.title(),
                        input.completed() == null ? task.completed() : input.completed(),
                        task.createdAt())));
  }

  @Override
  public boolean delete(String userId, String taskId) {
    checkId(taskId);
    return tasksOf(userId).remove(taskId) != null;
  }

  private static void checkId(String taskId) {
    if (taskId.getBytes(UTF_8).length > MAX_TASK_ID_BYTES) {
      throw new IllegalArgumentException("longer than a sort key may be");
    }
  }

  private NavigableMap<String, Task> tasksOf(String userId) {
    return users.computeIfAbsent(userId, id -> new TreeMap<>());
  }
}
