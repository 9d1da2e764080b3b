package cloudtask;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;

/** {@code PUT /tasks/{taskId}}: changes a task's title, or whether it is done, or both. 200. */
public final class UpdateTask
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {

  private final TaskStore tasks;

  /** Called by Lambda, once per execution environment: all that takes long to make is made here. */
  public UpdateTask() {
    this(DynamoDbTaskStore.fromEnvironment());
  }

  UpdateTask(TaskStore tasks) {
    this.tasks = tasks;
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return ApiAnswer.to(event, this::update);
  }

  private APIGatewayProxyResponseEvent update(ApiCall call) {
    String userId = call.userId();
    String taskId = call.taskId();
    TaskInput input = TaskInput.parse(call.body());
    if (input.isEmpty()) {
      throw Refusal.badRequest("nothing to update: send title, completed or both");
    }
    Task task = tasks.update(userId, taskId, input).orElseThrow(Refusal::taskNotFound);
    return ApiAnswer.json(200, json -> write(task, json));
  }

  private static void write(Task task, JsonWriter json) throws IOException {
    json.beginObject();
    json.name("message").value("Task updated successfully");
    json.name("task");
    task.writeTo(json);
    json.endObject();
  }
}
