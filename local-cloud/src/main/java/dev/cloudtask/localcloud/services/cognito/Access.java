package dev.cloudtask.localcloud.services.cognito;

import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.iam.AccessRequest;
import dev.cloudtask.localcloud.iam.Verdict;
import dev.cloudtask.localcloud.ports.Authorizer;
import dev.cloudtask.localcloud.protocol.awsjson.JsonInput;

/**
 * Asks whether a caller may do what an operation does.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncognitouserpools.html">
 *     Actions, resources, and condition keys for Amazon Cognito User Pools</a>
 */
final class Access {
  private final CloudEnvironment environment;
  private final Authorizer authorizer;
  private final CognitoStore store;

  Access(CloudEnvironment environment, Authorizer authorizer, CognitoStore store) {
    this.environment = environment;
    this.authorizer = authorizer;
    this.store = store;
  }

  /** Returns the pool that a request names, if the caller may do this to it. */
  UserPool pool(JsonInput input, CognitoCall call, String action) {
    String id = Parameters.text(input, "UserPoolId");
    require(call, action, arn(id));
    return store.pool(id);
  }

  /** Refuses what the caller may not do to any pool. */
  void require(CognitoCall call, String action) {
    require(call, action, "*");
  }

  /** Refuses what the caller may not do to this pool. */
  void require(CognitoCall call, String action, String resource) {
    Verdict verdict =
        authorizer.decide(
            AccessRequest.of(call.caller(), "cognito-idp:" + action, resource), call.span());
    if (!verdict.allowed()) {
      throw CognitoErrors.accessDenied(verdict.message());
    }
  }

  String arn(String poolId) {
    return environment.arn("cognito-idp", "userpool/" + poolId);
  }
}
