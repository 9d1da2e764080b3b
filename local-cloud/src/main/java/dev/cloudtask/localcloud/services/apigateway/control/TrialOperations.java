package dev.cloudtask.localcloud.services.apigateway.control;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.services.apigateway.model.Api;
import dev.cloudtask.localcloud.services.apigateway.model.Authorizer;
import dev.cloudtask.localcloud.services.apigateway.model.Method;

/** The operations behind the console's "Test" buttons. */
final class TrialOperations {
  private final Apis apis;
  private final Trial trial;

  TrialOperations(Apis apis, Trial trial) {
    this.apis = apis;
    this.trial = trial;
  }

  JsonObject method(Call call) {
    Method method = apis.method(call.apiId(), call.resourceId(), call.httpMethod());
    if (method.methodIntegration() == null) {
      throw ApiGatewayErrors.badRequest(ApiGatewayErrors.NO_INTEGRATION);
    }
    call.body()
        .refuse(
            "clientCertificateId",
            ApiGatewayErrors.notEmulated("clientCertificateId", "Leave it out."));
    return trial.method(
        apis.api(call.apiId()),
        apis.resource(call.apiId(), call.resourceId()),
        method,
        call.body().members(),
        call.span());
  }

  JsonObject authorizer(Call call) {
    Api api = apis.store().api(call.apiId()).orElseThrow(ApiGatewayErrors::noAuthorizer);
    Authorizer authorizer = api.authorizers().get(call.label("authorizer_id"));
    if (authorizer == null) {
      throw ApiGatewayErrors.noAuthorizer();
    }
    return trial.authorizer(api, authorizer, call.body().members(), call.span());
  }

  void flush(Call call) {
    String stageName = call.label("stage_name");
    if (apis.store().stage(call.apiId(), stageName).isEmpty()) {
      throw ApiGatewayErrors.noStage();
    }
    trial.flushAuthorizers(call.apiId(), stageName);
  }
}
