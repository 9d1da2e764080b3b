/**
 * IAM: roles, users, access keys, inline and managed policies, the policy simulator.
 *
 * <p>{@link Iam} is the service; it also is the cloud's answer to "who is this key" and "may they":
 * the ports {@link dev.cloudtask.localcloud.ports.CredentialSource}, {@link
 * dev.cloudtask.localcloud.ports.Authorizer}, {@link dev.cloudtask.localcloud.ports.RoleSessions}
 * and {@link dev.cloudtask.localcloud.ports.TemporaryCredentials}. The judging itself is in {@link
 * dev.cloudtask.localcloud.iam}.
 *
 * <p>Not here: groups, instance profiles, MFA, certificates, identity providers (refused by name).
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/welcome.html">IAM API
 *     reference</a>
 */
@NullMarked
package dev.cloudtask.localcloud.services.iam;

import org.jspecify.annotations.NullMarked;
