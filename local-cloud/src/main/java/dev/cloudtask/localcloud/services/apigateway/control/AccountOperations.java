package dev.cloudtask.localcloud.services.apigateway.control;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.ports.RoleSessions;
import dev.cloudtask.localcloud.services.apigateway.model.Account;
import dev.cloudtask.localcloud.services.apigateway.model.Wire;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The account's settings. */
public final class AccountOperations {
  private final Apis apis;
  private final RoleSessions roles;

  AccountOperations(Apis apis, RoleSessions roles) {
    this.apis = apis;
    this.roles = roles;
  }

  JsonObject get() {
    return Wire.json(apis.store().account());
  }

  JsonObject update(Call call) {
    List<Patch> patches = Patch.read(call.body(), "updateAccountInput");
    return apis.store()
        .write(
            () -> {
              JsonObject json = get();
              new PatchRules().text("cloudwatchRoleArn").apply(patches, json);
              return logWith(Wire.read(json, Account.class).cloudwatchRoleArn());
            });
  }

  /** Sets the role that logs are written with. */
  public JsonObject logWith(@Nullable String roleArn) {
    if (roleArn != null && !roles.canAssume(roleArn, "apigateway.amazonaws.com")) {
      throw ApiGatewayErrors.badRequest(
          "The role ARN does not have required permissions configured. Please grant trust"
              + " permission for API Gateway and add the required role policy.");
    }
    Account changed = apis.store().account().withRole(roleArn);
    apis.store().put(changed);
    return Wire.json(changed);
  }
}
