/**
 * Amazon Cognito user pools: people sign up, prove their e-mail address, sign in and get tokens.
 *
 * <p>{@link Cognito} is the door. {@code CognitoEndpoint} speaks AWS JSON (and CORS, for the public
 * operations are made for browsers) and serves each pool's JWKS; one class per family of operations
 * stands behind it; {@code CognitoStore} keeps pools, clients, users, codes and sign-ins; {@code
 * TokenIssuer} signs, {@code TokenCheck} verifies. Mail goes to the {@link
 * dev.cloudtask.localcloud.ports.Mailbox}. Not here: Lambda triggers, MFA, SMS, passwordless
 * sign-in, hosted pages, federation, advanced security; each is refused by name.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/Welcome.html">
 *     Amazon Cognito user pools API Reference</a>
 */
@NullMarked
package dev.cloudtask.localcloud.services.cognito;

import org.jspecify.annotations.NullMarked;
