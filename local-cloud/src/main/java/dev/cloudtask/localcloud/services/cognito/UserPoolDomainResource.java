package dev.cloudtask.localcloud.services.cognito;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceProvider;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceRequest;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceState;
import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.protocol.awsjson.JsonInput;
import java.util.Set;

/**
 * {@code AWS::Cognito::UserPoolDomain}; {@code Ref} gives the domain.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cognito-userpooldomain.html">
 *     AWS::Cognito::UserPoolDomain</a>
 */
final class UserPoolDomainResource implements ResourceProvider {
  private final CloudEnvironment environment;
  private final CognitoStore store;
  private final Access access;
  private final DomainOperations domains;

  UserPoolDomainResource(
      CloudEnvironment environment, CognitoStore store, Access access, DomainOperations domains) {
    this.environment = environment;
    this.store = store;
    this.access = access;
    this.domains = domains;
  }

  @Override
  public String type() {
    return "AWS::Cognito::UserPoolDomain";
  }

  @Override
  public ResourceState create(ResourceRequest request) {
    CognitoCall call = Resources.call(environment, request);
    String poolId = request.properties().get("UserPoolId").getAsString();
    access.require(call, "CreateUserPoolDomain", access.arn(poolId));
    domains.create(store.pool(poolId), JsonInput.of(request.properties()));
    return ResourceState.of(request.properties().get("Domain").getAsString(), new JsonObject());
  }

  @Override
  public ResourceState update(ResourceRequest request, ResourceState current, JsonObject previous) {
    return current; // only ManagedLoginVersion can change in place, and no pages are served
  }

  @Override
  public void delete(ResourceRequest request, ResourceState current) {
    store
        .domainPool(current.physicalId())
        .ifPresent(
            poolId -> {
              access.require(
                  Resources.call(environment, request), "DeleteUserPoolDomain", access.arn(poolId));
              store.write(() -> store.removeDomain(current.physicalId()));
            });
  }

  @Override
  public Set<String> refused() {
    return Set.of("CustomDomainConfig");
  }

  @Override
  public Set<String> acceptedWithoutEffect() {
    return Set.of("Domain", "ManagedLoginVersion");
  }
}
