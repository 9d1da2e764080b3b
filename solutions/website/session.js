// Who is signed in, and the tokens that prove it.
//
// They are kept in sessionStorage: that survives a reload and ends with the tab. A script that got into
// this page could read them there as well as anywhere else that a page can keep them (against that
// there is the content-security-policy); but they do not lie about on a shared computer for the thirty
// days that a refresh token lives.

import * as cognito from './cognito.js';

const KEY = 'cloudtask.session';

/** Thrown when the session cannot be continued: the user has to sign in again. */
export class SessionEnded extends Error {}

let session = JSON.parse(sessionStorage.getItem(KEY) ?? 'null');
let renewal = null;

/** The session: email, idToken, accessToken, refreshToken. Null when nobody is signed in. */
export function current() {
  return session;
}

export async function start(email, password) {
  const tokens = await cognito.signIn(email, password);
  store({ email, idToken: tokens.IdToken, accessToken: tokens.AccessToken, refreshToken: tokens.RefreshToken });
}

/** Forgets the session here, and asks Cognito to let nobody else continue it. */
export function end() {
  const ended = session;
  store(null);
  if (ended?.refreshToken) {
    // Whether or not it gets there: here the session is over.
    cognito.revoke(ended.refreshToken).catch(() => {});
  }
}

/**
 * Fetches with the user's ID token (API Gateway's authorizer takes that one, not the access token).
 * The token lives for an hour. When the API refuses it, it is renewed and the call made again: once.
 */
export async function authorizedFetch(url, options = {}) {
  const token = session?.idToken;
  const response = await withToken(token, url, options);
  if (response.status !== 401) {
    return response;
  }
  await renew(token);
  const second = await withToken(session?.idToken, url, options);
  if (second.status === 401) {
    throw new SessionEnded();
  }
  return second;
}

function withToken(token, url, options) {
  if (!token) {
    throw new SessionEnded();
  }
  return fetch(url, { ...options, headers: { ...options.headers, Authorization: token } });
}

/** Replaces a refused token. Calls that were refused at the same time share one renewal. */
async function renew(refused) {
  if (session?.idToken !== refused) {
    return; // Somebody else has renewed it meanwhile.
  }
  renewal ??= renewTokens().finally(() => {
    renewal = null;
  });
  await renewal;
}

async function renewTokens() {
  const renewing = session;
  try {
    const tokens = await cognito.refresh(renewing.refreshToken);
    if (session === renewing) {
      // A user pool that rotates refresh tokens sends a new one, others do not.
      store({
        ...renewing,
        idToken: tokens.IdToken,
        accessToken: tokens.AccessToken,
        refreshToken: tokens.RefreshToken ?? renewing.refreshToken,
      });
    }
  } catch (error) {
    throw error instanceof cognito.CognitoError && error.code === 'NotAuthorizedException' ? new SessionEnded() : error;
  }
}

function store(value) {
  session = value;
  if (value) {
    sessionStorage.setItem(KEY, JSON.stringify(value));
  } else {
    sessionStorage.removeItem(KEY);
  }
}
