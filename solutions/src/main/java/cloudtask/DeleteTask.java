package cloudtask;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;

/** {@code DELETE /tasks/{taskId}}: removes a task for good. 200. */
public final class DeleteTask
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {

  private final TaskStore tasks;

  /** Called by Lambda, once per execution environment: all that takes long to make is made here. */
  public DeleteTask() {
    this(DynamoDbTaskStore.fromEnvironment());
  }

  DeleteTask(TaskStore tasks) {
    this.tasks = tasks;
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return ApiAnswer.to(event, this::delete);
  }

  private APIGatewayProxyResponseEvent delete(ApiCall call) {
    if (!tasks.delete(call.userId(), call.taskId())) {
      throw Refusal.taskNotFound();
    }
    return ApiAnswer.message(200, "Task deleted successfully");
  }
}
