// Failures, in words that help whoever reads them.

import { NotConnected } from './backend.js';
import { CognitoError } from './cognito.js';
import { ApiError } from './tasks-api.js';

const AGAIN = 'Something went wrong on our side. Please try again.';
const PATIENCE = 'That was too many attempts. Please wait a few minutes, then try again.';

export function inWords(error) {
  if (error instanceof CognitoError) {
    return ofCognito(error);
  }
  if (error instanceof ApiError) {
    return ofApi(error);
  }
  if (error instanceof NotConnected) {
    return `This page is not connected yet: ${error.setting} is missing from config.js.`;
  }
  if (error instanceof TypeError) {
    // What fetch throws when there is no answer at all.
    return 'The server cannot be reached. Please check your connection and try again.';
  }
  return AGAIN;
}

function ofCognito({ operation, code, message }) {
  switch (code) {
    case 'NotAuthorizedException':
      if (/attempts exceeded/i.test(message)) {
        return PATIENCE;
      }
      if (/disabled/i.test(message)) {
        return 'This account has been disabled.';
      }
      return operation === 'ConfirmSignUp'
        ? 'This address has been confirmed already. Please sign in.'
        : 'The e-mail address or the password is wrong.';
    case 'UserNotFoundException':
      return 'The e-mail address or the password is wrong.';
    case 'UserNotConfirmedException':
      return 'Please confirm your e-mail address first.';
    case 'UsernameExistsException':
    case 'AliasExistsException':
      return 'There is an account with this e-mail address already. Sign in, or set a new password.';
    case 'InvalidPasswordException':
      return `Please choose another password: ${missing(message)}.`;
    case 'CodeMismatchException':
      return 'That is not the code from the latest e-mail. Please check it.';
    case 'ExpiredCodeException':
      return 'That code is not valid any more. Please ask for a new one.';
    case 'LimitExceededException':
    case 'TooManyFailedAttemptsException':
    case 'TooManyRequestsException':
      return PATIENCE;
    case 'CodeDeliveryFailureException':
      return 'The e-mail could not be sent. Please check the address.';
    case 'PasswordResetRequiredException':
      return 'This account needs a new password. Choose “Forgot your password?”.';
    case 'NEW_PASSWORD_REQUIRED':
      return 'This account was made by an administrator and needs a password of its own first, which cannot be set here.';
    case 'InvalidParameterException':
      if (/password/i.test(message)) {
        return 'A password must not begin or end with a space.';
      }
      if (/verified email|registered/i.test(message)) {
        return 'This address has not been confirmed, so a new password cannot be set. Sign in to get a new code.';
      }
      return /confirmationCode/.test(message)
        ? 'A code has no spaces in it. Please check it.'
        : 'Please check the e-mail address: it is not accepted as it is.';
    default:
      return AGAIN;
  }
}

/** Which of the rules for passwords was broken, out of "Password did not conform with policy: …". */
function missing(message) {
  const rules = [
    [/long/i, 'it needs at least 8 characters'],
    [/uppercase/i, 'it needs an upper-case letter'],
    [/lowercase/i, 'it needs a lower-case letter'],
    [/numeric/i, 'it needs a digit'],
    [/symbol/i, 'it needs a symbol, such as ! or -'],
  ];
  return rules.find(([pattern]) => pattern.test(message))?.[1] ?? 'this one is too easy to guess';
}

function ofApi({ status, message }) {
  if (status === 404) {
    return 'This task is not there any more.';
  }
  if (status === 429) {
    return PATIENCE;
  }
  if (status >= 400 && status < 500 && message) {
    return `That did not work: ${message}.`;
  }
  return AGAIN;
}
