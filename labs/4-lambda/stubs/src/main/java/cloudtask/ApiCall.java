package cloudtask;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;

/**
 * A call as API Gateway hands it over. Whatever was not sent is null in such an event, so nobody
 * but this class looks into it. You write it in lab 4 (or do it your own way).
 */
final class ApiCall {

  ApiCall(APIGatewayProxyRequestEvent event) {
    // TODO 4.3  Keep what you need of it.
  }

  /** Who calls: the {@code sub} claim. Without one the caller is refused: 401. */
  String userId() {
    // TODO 4.3
    throw new UnsupportedOperationException("ApiCall.userId is not written yet: step 4.3");
  }

  /** The body as text; empty when there is none. */
  String body() {
    // TODO 4.3
    throw new UnsupportedOperationException("ApiCall.body is not written yet: step 4.3");
  }

  /** The id in the path {@code /tasks/{taskId}}. Without one the call is refused: 400. */
  String taskId() {
    // TODO 4.4
    throw new UnsupportedOperationException("ApiCall.taskId is not written yet: step 4.4");
  }
}
