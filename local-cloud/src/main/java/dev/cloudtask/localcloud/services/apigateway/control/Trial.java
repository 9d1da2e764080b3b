package dev.cloudtask.localcloud.services.apigateway.control;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.services.apigateway.model.Api;
import dev.cloudtask.localcloud.services.apigateway.model.Authorizer;
import dev.cloudtask.localcloud.services.apigateway.model.Method;
import dev.cloudtask.localcloud.services.apigateway.model.Resource;
import dev.cloudtask.localcloud.trace.Span;

/**
 * The data plane, as the console's "Test" buttons use it: the API as it stands, without a stage and
 * without its authorizer.
 */
public interface Trial {
  /**
   * Sends a request to a method.
   *
   * @param input what TestInvokeMethod takes
   * @return what TestInvokeMethod gives
   */
  JsonObject method(Api api, Resource resource, Method method, JsonObject input, Span span);

  /**
   * Asks an authorizer.
   *
   * @param input what TestInvokeAuthorizer takes
   * @return what TestInvokeAuthorizer gives
   */
  JsonObject authorizer(Api api, Authorizer authorizer, JsonObject input, Span span);

  /** Forgets the decisions that a stage's authorizers have made. */
  void flushAuthorizers(String apiId, String stageName);
}
