package cloudtask;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** An answer in the form that API Gateway's Lambda proxy integration takes. */
final class ApiAnswer {

  /**
   * Sent with every answer, errors too.
   *
   * <p>With a proxy integration API Gateway adds no CORS headers to what a function answers, and a
   * browser hides an answer without them from the page. Any origin may ask: the token in the {@code
   * Authorization} header decides who is answered, and no browser sends that by itself, as it would
   * a cookie. {@code Link} must be exposed for the page to find the next page of tasks.
   */
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Type", "application/json",
          "Cache-Control", "no-store",
          "Access-Control-Allow-Origin", "*",
          "Access-Control-Expose-Headers", "Link");

  private ApiAnswer() {}

  /**
   * Answers a call. A {@link Refusal} becomes an error that the caller can read; every other
   * exception goes its way.
   */
  static APIGatewayProxyResponseEvent to(
      APIGatewayProxyRequestEvent event, Function<ApiCall, APIGatewayProxyResponseEvent> function) {
    try {
      return function.apply(new ApiCall(event));
    } catch (Refusal refusal) {
      return message(refusal.status(), refusal.reason());
    }
  }

  /** An answer with a JSON body. */
  static APIGatewayProxyResponseEvent json(int status, JsonValue body) {
    return new APIGatewayProxyResponseEvent()
        .withStatusCode(status)
        .withHeaders(new HashMap<>(HEADERS))
        .withBody(body.toText());
  }

  /** An answer that says something: {@code {"message": "…"}}. */
  static APIGatewayProxyResponseEvent message(int status, String message) {
    return json(status, json -> json.beginObject().name("message").value(message).endObject());
  }
}
