// Where the backend is, as config.js says.

const config = window.AWS_CONFIG ?? {};

/** Thrown where something is needed that config.js does not say (yet). */
export class NotConnected extends Error {
  constructor(setting) {
    super(`${setting} is not set`);
    this.setting = setting;
  }
}

/** Whether config.js says all that the page needs. */
export const connected = ['region', 'userPoolId', 'userPoolWebClientId', 'apiEndpoint'].every((name) => config[name]);

export function clientId() {
  return setting('userPoolWebClientId');
}

export function cognitoEndpoint() {
  return config.cognitoEndpoint ?? `https://cognito-idp.${setting('region')}.amazonaws.com/`;
}

/** The URL of the list of tasks. */
export function tasksUrl() {
  return `${setting('apiEndpoint').replace(/\/+$/, '')}/tasks`;
}

function setting(name) {
  if (!config[name]) {
    throw new NotConnected(name);
  }
  return config[name];
}
