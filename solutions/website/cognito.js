// What the page asks of Cognito: the few operations that anybody may call without being known to AWS.
// Each is a POST of JSON with its name in a header; no library is needed for that.

import { clientId, cognitoEndpoint } from './backend.js';

/** An answer of Cognito that is not what was asked for. `code` is Cognito's name for it. */
export class CognitoError extends Error {
  constructor(operation, code, message) {
    super(message);
    this.operation = operation;
    this.code = code;
  }
}

export function signUp(email, password) {
  return call('SignUp', { Username: email, Password: password });
}

export function confirmSignUp(email, code) {
  return call('ConfirmSignUp', { Username: email, ConfirmationCode: code });
}

export function resendConfirmationCode(email) {
  return call('ResendConfirmationCode', { Username: email });
}

export function forgotPassword(email) {
  return call('ForgotPassword', { Username: email });
}

export function confirmForgotPassword(email, code, password) {
  return call('ConfirmForgotPassword', { Username: email, ConfirmationCode: code, Password: password });
}

/** Signs in. Returns the tokens: IdToken, AccessToken, RefreshToken. */
export async function signIn(email, password) {
  return tokens(
    await call('InitiateAuth', {
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: email, PASSWORD: password },
    }),
  );
}

/** Exchanges a refresh token for new tokens: IdToken, AccessToken. */
export async function refresh(refreshToken) {
  return tokens(
    await call('InitiateAuth', {
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN: refreshToken },
    }),
  );
}

/** Makes a refresh token worthless, and with it this session; others of the same user go on. */
export function revoke(refreshToken) {
  return call('RevokeToken', { Token: refreshToken });
}

function tokens(answer) {
  if (!answer.AuthenticationResult) {
    // A user made by an administrator, for example, must first set a password.
    throw new CognitoError('InitiateAuth', answer.ChallengeName, 'Cognito wants more than a password');
  }
  return answer.AuthenticationResult;
}

async function call(operation, parameters) {
  const response = await fetch(cognitoEndpoint(), {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-amz-json-1.1',
      'X-Amz-Target': `AWSCognitoIdentityProviderService.${operation}`,
    },
    body: JSON.stringify({ ClientId: clientId(), ...parameters }),
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) {
    // The name may come with a prefix (namespace#Name) and a suffix (Name:url).
    const code = String(answer.__type ?? response.status).replace(/^.*#/, '').replace(/:.*$/, '');
    throw new CognitoError(operation, code, answer.message ?? answer.Message ?? '');
  }
  return answer;
}
