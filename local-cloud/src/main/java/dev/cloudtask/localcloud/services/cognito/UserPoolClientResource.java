package dev.cloudtask.localcloud.services.cognito;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceProvider;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceRequest;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceState;
import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.protocol.awsjson.JsonInput;
import java.util.Set;

/**
 * {@code AWS::Cognito::UserPoolClient}.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cognito-userpoolclient.html">
 *     AWS::Cognito::UserPoolClient</a>
 */
final class UserPoolClientResource implements ResourceProvider {
  private final CloudEnvironment environment;
  private final CognitoStore store;
  private final Access access;
  private final ClientOperations clients;

  UserPoolClientResource(
      CloudEnvironment environment, CognitoStore store, Access access, ClientOperations clients) {
    this.environment = environment;
    this.store = store;
    this.access = access;
    this.clients = clients;
  }

  @Override
  public String type() {
    return "AWS::Cognito::UserPoolClient";
  }

  @Override
  public ResourceState create(ResourceRequest request) {
    CognitoCall call = Resources.call(environment, request);
    UserPool pool = pool(request, call, "CreateUserPoolClient");
    return state(clients.create(pool, input(request), call.at()));
  }

  @Override
  public ResourceState update(ResourceRequest request, ResourceState current, JsonObject previous) {
    CognitoCall call = Resources.call(environment, request);
    UserPool pool = pool(request, call, "UpdateUserPoolClient");
    UserPoolClient client = store.client(current.physicalId());
    return state(clients.update(pool, client, input(request), call.at()));
  }

  @Override
  public void delete(ResourceRequest request, ResourceState current) {
    store
        .findClient(current.physicalId())
        .ifPresent(
            client -> {
              access.require(
                  Resources.call(environment, request),
                  "DeleteUserPoolClient",
                  access.arn(client.poolId()));
              store.write(() -> store.remove(client));
            });
  }

  private UserPool pool(ResourceRequest request, CognitoCall call, String action) {
    String id = request.properties().get("UserPoolId").getAsString();
    access.require(call, action, access.arn(id));
    return store.pool(id);
  }

  private static JsonInput input(ResourceRequest request) {
    JsonObject input = request.properties().deepCopy();
    if (!input.has("ClientName")) {
      input.addProperty("ClientName", request.generatedName());
    }
    return JsonInput.of(input);
  }

  private static ResourceState state(UserPoolClient client) {
    JsonObject attributes = new JsonObject();
    attributes.addProperty("ClientId", client.id());
    attributes.addProperty("Name", client.text("ClientName").orElse(""));
    if (client.secret() != null) {
      attributes.addProperty("ClientSecret", client.secret());
    }
    return ResourceState.of(client.id(), attributes);
  }

  @Override
  public Set<String> refused() {
    return Set.of("AnalyticsConfiguration");
  }

  @Override
  public Set<String> acceptedWithoutEffect() {
    return Set.of(
        "AllowedOAuthFlows",
        "AllowedOAuthFlowsUserPoolClient",
        "AllowedOAuthScopes",
        "CallbackURLs",
        "DefaultRedirectURI",
        "EnablePropagateAdditionalUserContextData",
        "LogoutURLs",
        "SupportedIdentityProviders");
  }
}
