package dev.cloudtask.localcloud.services.cognito;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.protocol.NotEmulated;
import dev.cloudtask.localcloud.protocol.awsjson.JsonInput;
import java.util.Optional;

/** A pool's domain prefix: kept and shown, but no pages are served there. */
final class DomainOperations {
  private final CloudEnvironment environment;
  private final CognitoStore store;
  private final Access access;

  DomainOperations(CloudEnvironment environment, CognitoStore store, Access access) {
    this.environment = environment;
    this.store = store;
    this.access = access;
  }

  JsonObject create(JsonInput input, CognitoCall call) {
    Parameters.check(input, "Domain", "UserPoolId");
    create(access.pool(input, call, "CreateUserPoolDomain"), input);
    return new JsonObject();
  }

  void create(UserPool pool, JsonInput input) {
    Parameters.check(input, "Domain");
    input.refuse(
        "cognito-idp",
        "CreateUserPoolDomain",
        "Use a prefix domain: Domain without CustomDomainConfig.",
        "CustomDomainConfig");
    String domain = Parameters.text(input, "Domain");
    for (String reserved : new String[] {"aws", "amazon", "cognito"}) {
      if (domain.contains(reserved)) {
        throw CognitoErrors.invalid("Domain cannot contain reserved word: " + reserved);
      }
    }
    store.write(
        () -> {
          if (store.domainPool(domain).isPresent()) {
            throw CognitoErrors.invalid("Domain already associated with another user pool.");
          }
          if (!store.domains(pool.id()).isEmpty()) {
            throw CognitoErrors.invalid("User pool already has a domain configured.");
          }
          store.putDomain(domain, pool.id());
        });
  }

  JsonObject describe(JsonInput input, CognitoCall call) {
    Parameters.check(input, "Domain");
    access.require(call, "DescribeUserPoolDomain");
    String domain = Parameters.text(input, "Domain");
    JsonObject description = new JsonObject();
    Optional<String> poolId = store.domainPool(domain);
    poolId.ifPresent(
        id -> {
          description.addProperty("UserPoolId", id);
          description.addProperty("AWSAccountId", environment.accountId());
          description.addProperty("Domain", domain);
          description.addProperty("Status", "ACTIVE");
          description.add("CustomDomainConfig", new JsonObject());
        });
    JsonObject answer = new JsonObject();
    answer.add("DomainDescription", description); // empty if there is none: AWS does not fail here
    return answer;
  }

  JsonObject delete(JsonInput input, CognitoCall call) {
    Parameters.check(input, "Domain", "UserPoolId");
    UserPool pool = access.pool(input, call, "DeleteUserPoolDomain");
    String domain = Parameters.text(input, "Domain");
    if (store.domainPool(domain).filter(pool.id()::equals).isEmpty()) {
      throw CognitoErrors.invalid("No such domain or user pool exists.");
    }
    store.write(() -> store.removeDomain(domain));
    return new JsonObject();
  }

  /** Refuses what AWS allows and is not here. */
  JsonObject update(JsonInput input, CognitoCall call) {
    Parameters.check(input, "Domain", "UserPoolId");
    access.pool(input, call, "UpdateUserPoolDomain");
    throw NotEmulated.parameter(
        "cognito-idp",
        "UpdateUserPoolDomain",
        "CustomDomainConfig",
        "Delete the domain and create it anew.");
  }
}
