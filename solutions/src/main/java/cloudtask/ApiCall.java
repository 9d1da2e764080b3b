package cloudtask;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call as API Gateway hands it over. Whatever was not sent is null in such an event (and in a
 * test event from the Lambda console nearly everything is), so nobody else looks into it.
 */
final class ApiCall {

  private final APIGatewayProxyRequestEvent event;

  ApiCall(APIGatewayProxyRequestEvent event) {
    this.event = event;
  }

  /**
   * Who calls: the {@code sub} claim of the token that API Gateway's authorizer has checked. It is
   * the one thing about the caller that the caller cannot choose.
   *
   * @throws Refusal 401, when there is no such claim
   */
  String userId() {
    var context = event.getRequestContext();
    Map<String, Object> authorizer = context == null ? null : context.getAuthorizer();
    if (authorizer != null
        && authorizer.get("claims") instanceof Map<?, ?> claims
        && claims.get("sub") instanceof String sub
        && !sub.isBlank()) {
      return sub;
    }
    throw Refusal.unauthorized();
  }

  /**
   * The id in the path {@code /tasks/{taskId}}.
   *
   * @throws Refusal 400, when there is none; 404, when no task can have it
   */
  String taskId() {
    String taskId = get(event.getPathParameters(), "taskId");
    if (taskId == null || taskId.isEmpty()) {
      throw Refusal.badRequest("taskId is missing from the path");
    }
    if (taskId.getBytes(StandardCharsets.UTF_8).length > TaskStore.MAX_TASK_ID_BYTES) {
      throw Refusal.taskNotFound();
    }
    return taskId;
  }

  /** A parameter of the query string, or null. */
  @Nullable String query(String name) {
    return get(event.getQueryStringParameters(), name);
  }

  /**
   * The body as text; empty when there is none. API Gateway hands a body over in Base64 when the
   * API counts its type among the binary ones.
   *
   * @throws Refusal 400, when it cannot be read as text
   */
  String body() {
    String body = event.getBody();
    if (body == null) {
      return "";
    }
    if (!Boolean.TRUE.equals(event.getIsBase64Encoded())) {
      return body;
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(body);
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest("the body is marked as Base64 and is not");
    } catch (CharacterCodingException e) {
      throw Refusal.badRequest("the body is not UTF-8 text");
    }
  }

  private static @Nullable String get(@Nullable Map<String, String> values, String name) {
    return values == null ? null : values.get(name);
  }
}
