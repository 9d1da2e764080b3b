package cloudtask;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.List;

/** {@code GET /tasks}: lists the caller's tasks in the order of their creation. 200, an array. */
public final class GetTasks
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {

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
    // TODO Lab 6  Answer one page: ?limit= and ?nextToken= say which, a Link header where more is.
    List<Task> found = tasks.list(call.userId());
    return ApiAnswer.json(200, json -> write(found, json));
  }

  private static void write(List<Task> tasks, JsonWriter json) throws IOException {
    json.beginArray();
    for (Task task : tasks) {
      task.writeTo(json);
    }
    json.endArray();
  }
}
