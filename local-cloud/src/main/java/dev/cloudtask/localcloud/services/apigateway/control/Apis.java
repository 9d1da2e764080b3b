package dev.cloudtask.localcloud.services.apigateway.control;

import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.services.apigateway.model.Api;
import dev.cloudtask.localcloud.services.apigateway.model.ApiStore;
import dev.cloudtask.localcloud.services.apigateway.model.Method;
import dev.cloudtask.localcloud.services.apigateway.model.Resource;
import java.util.List;
import java.util.function.UnaryOperator;

/** Finds and changes what operations name, or fails as API Gateway does. */
final class Apis {
  static final List<String> HTTP_METHODS =
      List.of("GET", "PUT", "POST", "DELETE", "PATCH", "OPTIONS", "HEAD", "ANY");

  private final CloudEnvironment environment;
  private final ApiStore store;

  Apis(CloudEnvironment environment, ApiStore store) {
    this.environment = environment;
    this.store = store;
  }

  CloudEnvironment environment() {
    return environment;
  }

  ApiStore store() {
    return store;
  }

  Api api(String apiId) {
    return store
        .api(apiId)
        .orElseThrow(() -> ApiGatewayErrors.noApi(environment.accountId(), apiId));
  }

  /** Finds a resource; a wrong API is no other failure than a wrong resource. */
  Resource resource(String apiId, String resourceId) {
    return store
        .api(apiId)
        .flatMap(api -> api.resource(resourceId))
        .orElseThrow(ApiGatewayErrors::noResource);
  }

  Method method(String apiId, String resourceId, String httpMethod) {
    Method method = resource(apiId, resourceId).methods().get(httpMethod);
    if (method == null) {
      throw ApiGatewayErrors.noMethod();
    }
    return method;
  }

  Resource changeResource(String apiId, String resourceId, UnaryOperator<Resource> change) {
    return store.write(
        () -> {
          Resource changed = change.apply(resource(apiId, resourceId));
          store.change(apiId, api -> api.with(changed));
          return changed;
        });
  }

  Method changeMethod(
      String apiId, String resourceId, String httpMethod, UnaryOperator<Method> change) {
    return store.write(
        () -> {
          Method changed = change.apply(method(apiId, resourceId, httpMethod));
          changeResource(apiId, resourceId, resource -> resource.with(changed));
          return changed;
        });
  }
}
