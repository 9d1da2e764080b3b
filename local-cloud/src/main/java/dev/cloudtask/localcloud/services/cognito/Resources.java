package dev.cloudtask.localcloud.services.cognito;

import dev.cloudtask.localcloud.cloudformation.resource.ResourceRequest;
import dev.cloudtask.localcloud.environment.CloudEnvironment;

/** What CloudFormation asks, seen as a call of the stack's caller. */
final class Resources {
  private Resources() {}

  static CognitoCall call(CloudEnvironment environment, ResourceRequest request) {
    return new CognitoCall(
        request.caller(), environment.ids().uuid(), environment.clock().instant(), request.span());
  }
}
