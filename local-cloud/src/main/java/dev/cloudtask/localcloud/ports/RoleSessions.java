package dev.cloudtask.localcloud.ports;

import java.time.Duration;

/** Hands out temporary credentials of roles to services that act for a resource. */
public interface RoleSessions {
  /** Tells whether the role exists and its trust policy lets this service principal assume it. */
  boolean canAssume(String roleArn, String servicePrincipal);

  /**
   * Opens a session of the role for a service.
   *
   * @param servicePrincipal for instance {@code lambda.amazonaws.com}
   * @param sessionName for a function, its name
   * @throws dev.cloudtask.localcloud.protocol.AwsException if the trust policy does not allow it
   */
  CredentialSource.AccessKey assumeAsService(
      String roleArn, String servicePrincipal, String sessionName, Duration lifetime);
}
