package cloudtask;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/**
 * One task of one user.
 *
 * @param userId the owner: the {@code sub} claim of the token that created it
 * @param taskId made by {@link TaskIds}; a user's ids sort in the order of their creation
 * @param title what there is to do, in the user's words
 * @param completed whether it is done
 * @param createdAt when it was created; told and kept to the millisecond
 */
record Task(String userId, String taskId, String title, boolean completed, Instant createdAt)
    implements JsonValue {

  /**
   * Always three digits of a second: {@link Instant#toString()} leaves zeros out, and the width
   * varies.
   */
  private static final DateTimeFormatter MILLISECONDS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  /** The time of creation as the API and the table spell it: {@code 2025-11-07T12:34:56.789Z}. */
  String createdAtText() {
    return MILLISECONDS.format(createdAt);
  }

  /** Writes the task as the API shows it. */
  @Override
  public void writeTo(JsonWriter json) throws IOException {
    json.beginObject();
    json.name("userId").value(userId);
    json.name("taskId").value(taskId);
    json.name("title").value(title);
    json.name("completed").value(completed);
    json.name("createdAt").value(createdAtText());
    json.endObject();
  }
}
