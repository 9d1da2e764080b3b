package dev.cloudtask.localcloud.services.cognito;

import dev.cloudtask.localcloud.protocol.AwsException;

/**
 * What user pools say when something is wrong, to the letter; full stops included and left out as
 * AWS does.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-managing-errors.html">
 *     Managing user existence error responses</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/CommonErrors.html">
 *     the errors of each operation in the API Reference</a>; texts as quoted from live answers in
 *     public issues of aws-amplify/amplify-js, aws/aws-sdk-js and others
 */
final class CognitoErrors {
  private CognitoErrors() {}

  private static AwsException of(String code, String message) {
    return new AwsException(code, 400, message); // every user pools error is a 400
  }

  static AwsException accessDenied(String message) {
    return of("AccessDeniedException", message);
  }

  static AwsException invalid(String message) {
    return of("InvalidParameterException", message);
  }

  static AwsException notAuthorized(String message) {
    return of("NotAuthorizedException", message);
  }

  static AwsException missing(String message) {
    return of("ResourceNotFoundException", message);
  }

  static AwsException noSuchPool(String id) {
    return missing("User pool " + id + " does not exist.");
  }

  static AwsException noSuchClient(String id) {
    return missing("User pool client " + id + " does not exist.");
  }

  static AwsException noSuchUser() {
    return of("UserNotFoundException", "User does not exist.");
  }

  static AwsException noSuchAccount() {
    return of("UserNotFoundException", "Username/client id combination not found.");
  }

  static AwsException usernameTaken() {
    return of("UsernameExistsException", "User already exists");
  }

  static AwsException accountExists() {
    return of("UsernameExistsException", "User account already exists");
  }

  static AwsException signInNameTaken(String attribute) {
    return of(
        "UsernameExistsException", "An account with the given " + attribute + " already exists.");
  }

  static AwsException aliasTaken(String attribute) {
    return of("AliasExistsException", "An account with the " + attribute + " already exists.");
  }

  static AwsException badPassword(String rule) {
    return of("InvalidPasswordException", "Password did not conform with policy: " + rule);
  }

  static AwsException passwordUsed() {
    return of("PasswordHistoryPolicyViolationException", "Password has previously been used.");
  }

  static AwsException wrongCredentials() {
    return notAuthorized("Incorrect username or password.");
  }

  static AwsException tooManyPasswords() {
    return notAuthorized("Password attempts exceeded");
  }

  static AwsException disabled() {
    return notAuthorized("User is disabled.");
  }

  static AwsException notConfirmed() {
    return of("UserNotConfirmedException", "User is not confirmed.");
  }

  static AwsException resetRequired() {
    return of("PasswordResetRequiredException", "Password reset required for the user");
  }

  static AwsException cannotConfirm(String status) {
    return notAuthorized("User cannot be confirmed. Current status is " + status);
  }

  static AwsException alreadyConfirmed() {
    return invalid("User is already confirmed.");
  }

  static AwsException codeMismatch() {
    return of("CodeMismatchException", "Invalid verification code provided, please try again.");
  }

  static AwsException codeExpired() {
    return of("ExpiredCodeException", "Invalid code provided, please request a code again.");
  }

  static AwsException attemptsExceeded() {
    return of("LimitExceededException", "Attempt limit exceeded, please try after some time.");
  }

  static AwsException wrongSecretHash(String clientId) {
    return notAuthorized("Unable to verify secret hash for client " + clientId);
  }

  static AwsException secretHashMissing(String clientId) {
    return notAuthorized(
        "Client " + clientId + " is configured with secret but SECRET_HASH was not received");
  }

  static AwsException secretHashUnexpected(String clientId) {
    return notAuthorized(
        "Client " + clientId + " is configured without secret but SECRET_HASH was received");
  }

  static AwsException flowNotEnabled(String flow) {
    return invalid(flow + " flow not enabled for this client");
  }

  static AwsException missingParameter(String name) {
    return invalid("Missing required parameter " + name);
  }

  static AwsException unauthorizedAttribute() {
    return notAuthorized("A client attempted to write unauthorized attribute");
  }

  static AwsException signUpClosed() {
    return notAuthorized("SignUp is not permitted for this user pool");
  }

  static AwsException invalidSession() {
    return notAuthorized("Invalid session for the user.");
  }

  static AwsException usedSession() {
    return notAuthorized("Invalid session for the user, session can only be used once.");
  }

  static AwsException expiredSession() {
    return notAuthorized("Invalid session for the user, session is expired.");
  }

  static AwsException invalidRefreshToken() {
    return notAuthorized("Invalid Refresh Token.");
  }

  static AwsException expiredRefreshToken() {
    return notAuthorized("Refresh Token has expired");
  }

  static AwsException revokedRefreshToken() {
    return notAuthorized("Refresh Token has been revoked");
  }

  static AwsException invalidAccessToken() {
    return notAuthorized("Invalid Access Token");
  }

  static AwsException expiredAccessToken() {
    return notAuthorized("Access Token has expired");
  }

  static AwsException revokedAccessToken() {
    return notAuthorized("Access Token has been revoked");
  }

  static AwsException noSuchGroup() {
    return missing("Group not found.");
  }

  static AwsException groupExists() {
    return of("GroupExistsException", "A group with the name already exists.");
  }
}
