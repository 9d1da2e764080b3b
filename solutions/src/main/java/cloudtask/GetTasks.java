package cloudtask;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /tasks}: lists the caller's tasks in the order of their creation. 200 and an array.
 *
 * <p>One call answers one page. If there is more, the header {@code Link} says where (<a
 * href="https://www.rfc-editor.org/rfc/rfc8288">RFC 8288</a>), relative to the URL that was called,
 * for a function need not know under which names it is reached.
 */
public final class GetTasks
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {

  /** Longest page that a caller may ask for. */
  static final int MAX_LIMIT = 1000;

  private final TaskStore tasks;

  /** Called by Lambda, once per execution environment: all that takes long to make is made here. */
  public GetTasks() {
    this(DynamoDbTaskStore.fromEnvironment());
  }

  GetTasks(TaskStore tasks) {
    this.tasks = tasks;
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return ApiAnswer.to(event, this::list);
  }

  private APIGatewayProxyResponseEvent list(ApiCall call) {
    String userId = call.userId();
    Integer limit = limit(call.query("limit"));
    String token = call.query("nextToken");
    String after = token == null ? null : PageToken.decode(userId, token);

    TaskStore.Page page = tasks.list(userId, after, limit);

    APIGatewayProxyResponseEvent answer = ApiAnswer.json(200, json -> write(page.tasks(), json));
    if (page.next() != null) {
      answer.getHeaders().put("Link", link(PageToken.encode(userId, page.next()), limit));
    }
    return answer;
  }

  private static void write(List<Task> tasks, JsonWriter json) throws IOException {
    json.beginArray();
    for (Task task : tasks) {
      task.writeTo(json);
    }
    json.endArray();
  }

  private static @Nullable Integer limit(@Nullable String text) {
    if (text == null) {
      return null;
    }
    // Digits first: Integer.parseInt would also take a sign, and digits of other scripts.
    if (text.matches("[0-9]{1,4}")) {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= MAX_LIMIT) {
        return limit;
      }
    }
    throw Refusal.badRequest("limit must be a whole number from 1 to " + MAX_LIMIT);
  }

  /**
   * A reference that starts with a question mark replaces the whole query, so the limit is said
   * again.
   */
  private static String link(String token, @Nullable Integer limit) {
    return "<?nextToken=" + token + (limit == null ? "" : "&limit=" + limit) + ">; rel=\"next\"";
  }
}
