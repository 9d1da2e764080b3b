package dev.cloudtask.localcloud.services.apigateway.resource;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceProvider;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceRequest;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceState;
import dev.cloudtask.localcloud.environment.Ids;
import dev.cloudtask.localcloud.services.apigateway.control.AccountOperations;

/** {@code AWS::ApiGateway::Account}; deleting it leaves the account's setting, as on AWS. */
public final class AccountResource implements ResourceProvider {
  private final AccountOperations account;
  private final Ids ids;

  /** Serves the type with these operations. */
  public AccountResource(AccountOperations account, Ids ids) {
    this.account = account;
    this.ids = ids;
  }

  @Override
  public String type() {
    return "AWS::ApiGateway::Account";
  }

  @Override
  public ResourceState create(ResourceRequest request) {
    set(request);
    String id = ids.lower(10);
    JsonObject attributes = new JsonObject();
    attributes.add("Id", new JsonPrimitive(id));
    return ResourceState.of(id, attributes);
  }

  @Override
  public ResourceState update(ResourceRequest request, ResourceState current, JsonObject previous) {
    set(request);
    return current;
  }

  @Override
  public void delete(ResourceRequest request, ResourceState current) {
    // The setting outlives the resource.
  }

  private void set(ResourceRequest request) {
    Properties properties = Properties.of(request);
    account.logWith(
        properties.has("CloudWatchRoleArn") ? properties.text("CloudWatchRoleArn") : null);
  }
}
