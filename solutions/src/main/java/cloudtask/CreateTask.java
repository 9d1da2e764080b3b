package cloudtask;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import java.time.Clock;
import java.time.Instant;

/** {@code POST /tasks}: creates a task. 201 and the task. */
public final class CreateTask
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {

  private final TaskStore tasks;
  private final TaskIds ids;
  private final Clock clock;

  /** Called by Lambda, once per execution environment: all that takes long to make is made here. */
  public CreateTask() {
    this(DynamoDbTaskStore.fromEnvironment(), TaskIds.secure(), Clock.systemUTC());
  }

  CreateTask(TaskStore tasks, TaskIds ids, Clock clock) {
    this.tasks = tasks;
    this.ids = ids;
    this.clock = clock;
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return ApiAnswer.to(event, this::create);
  }

  private APIGatewayProxyResponseEvent create(ApiCall call) {
    String userId = call.userId();
    String title = TaskInput.parse(call.body()).requiredTitle();
    Instant now = clock.instant();
    Task task = new Task(userId, ids.next(now), title, false, now);
    tasks.add(task);
    return ApiAnswer.json(201, task);
  }
}
