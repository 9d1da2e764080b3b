package cloudtask;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import java.util.function.Function;

/**
 * An answer in the form that API Gateway's Lambda proxy integration takes: a status, headers, and a
 * body that is a text. You write it in lab 4 (or do it your own way).
 */
final class ApiAnswer {

  private ApiAnswer() {}

  /** Answers a call; what was refused becomes an answer that says why. */
  static APIGatewayProxyResponseEvent to(
      APIGatewayProxyRequestEvent event, Function<ApiCall, APIGatewayProxyResponseEvent> function) {
    // TODO 4.3, and 4.5 for what was refused
    throw new UnsupportedOperationException("ApiAnswer.to is not written yet: step 4.3");
  }

  /** An answer with a JSON body. */
  static APIGatewayProxyResponseEvent json(int status, JsonValue body) {
    // TODO 4.3
    throw new UnsupportedOperationException("ApiAnswer.json is not written yet: step 4.3");
  }
}
