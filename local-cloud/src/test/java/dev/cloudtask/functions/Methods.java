package dev.cloudtask.functions;

import com.amazonaws.services.lambda.runtime.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Handlers named {@code Class::method}, one for each form that AWS supports. */
public final class Methods {
  /** A POJO. */
  public static final class Task {
    private String title = "";
    private int priority;

    /** Returns the title. */
    public String getTitle() {
      return title;
    }

    /** Sets the title. */
    public void setTitle(String title) {
      this.title = title;
    }

    /** Returns the priority. */
    public int getPriority() {
      return priority;
    }

    /** Sets the priority. */
    public void setPriority(int priority) {
      this.priority = priority;
    }
  }

  /** A POJO both ways. */
  public Task pojo(Task task) {
    task.setPriority(task.getPriority() + 1);
    return task;
  }

  /** A generic list and the context. */
  public String list(List<Task> tasks, Context context) {
    return tasks.get(0).getTitle() + " " + context.getFunctionName();
  }

  /** The shorter of two of one name: the longer one is taken. */
  public String overloaded(String text) {
    return "short";
  }

  /** The longer one. */
  public String overloaded(String text, Context context) {
    return "long";
  }

  /** A primitive. */
  public static int twice(int number) {
    return 2 * number;
  }

  /** Streams. */
  public void streams(InputStream in, OutputStream out, Context context) throws IOException {
    out.write('"');
    out.write(String.valueOf(in.readAllBytes().length).getBytes(StandardCharsets.UTF_8));
    out.write('"');
  }

  /** Nothing at all. */
  public void nothing() {}

  /** Only the context. */
  public String contextOnly(Context context) {
    return context.getFunctionVersion();
  }

  /** No form that AWS supports. */
  public String strange(String one, String two) {
    return one + two;
  }
}
