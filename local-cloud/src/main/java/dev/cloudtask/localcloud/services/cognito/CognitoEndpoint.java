package dev.cloudtask.localcloud.services.cognito;

import dev.cloudtask.localcloud.gateway.ServiceCall;
import dev.cloudtask.localcloud.gateway.ServiceEndpoint;
import dev.cloudtask.localcloud.http.HttpRequest;
import dev.cloudtask.localcloud.http.HttpResponse;
import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.protocol.awsjson.AwsJson;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The API of user pools as the front desk sees it: AWS JSON for programs, with CORS for pages.
 *
 * <p>AWS answers every page that asks: any origin, the headers it asked for, and the error headers
 * to be read. Here that is so for the public operations only; what needs a signature stays shut to
 * pages of other origins, although AWS would let a page that has keys sign for itself.
 */
final class CognitoEndpoint implements ServiceEndpoint {
  /** Operations that the service model marks {@code authtype: none}. */
  private static final Set<String> PUBLIC =
      Set.of(
          "AssociateSoftwareToken",
          "ChangePassword",
          "CompleteWebAuthnRegistration",
          "ConfirmDevice",
          "ConfirmForgotPassword",
          "ConfirmSignUp",
          "DeleteUser",
          "DeleteUserAttributes",
          "DeleteWebAuthnCredential",
          "ForgetDevice",
          "ForgotPassword",
          "GetDevice",
          "GetTokensFromRefreshToken",
          "GetUser",
          "GetUserAttributeVerificationCode",
          "GetUserAuthFactors",
          "GlobalSignOut",
          "InitiateAuth",
          "ListDevices",
          "ListWebAuthnCredentials",
          "ResendConfirmationCode",
          "RespondToAuthChallenge",
          "RevokeToken",
          "SetUserMFAPreference",
          "SetUserSettings",
          "SignUp",
          "StartWebAuthnRegistration",
          "UpdateAuthEventFeedback",
          "UpdateDeviceStatus",
          "UpdateUserAttributes",
          "VerifySoftwareToken",
          "VerifyUserAttribute");

  private static final String EXPOSED =
      "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date";

  private final AwsJson<CognitoCall> json;
  private final WellKnown wellKnown;

  CognitoEndpoint(AwsJson<CognitoCall> json, WellKnown wellKnown) {
    this.json = json;
    this.wellKnown = wellKnown;
  }

  @Override
  public String signingName() {
    return "cognito-idp";
  }

  @Override
  public boolean recognises(HttpRequest request) {
    return json.recognises(request) || isPreflight(request) || WellKnown.recognises(request);
  }

  @Override
  public boolean allowsAnonymous(HttpRequest request) {
    return isPublic(request) || isPreflight(request) || WellKnown.recognises(request);
  }

  @Override
  public boolean isOpenToBrowsers(HttpRequest request) {
    return allowsAnonymous(request);
  }

  private boolean isPublic(HttpRequest request) {
    return json.operation(request).filter(PUBLIC::contains).isPresent();
  }

  /** A browser's question before a call: the only sign of who is meant is the header it wants. */
  private static boolean isPreflight(HttpRequest request) {
    return request.method().equals("OPTIONS")
        && request.rawPath().equals("/")
        && request
            .header("Access-Control-Request-Headers")
            .filter(names -> names.toLowerCase(Locale.ROOT).contains("x-amz-target"))
            .isPresent();
  }

  @Override
  public HttpResponse handle(ServiceCall call) {
    HttpRequest request = call.http();
    if (request.method().equals("OPTIONS")) {
      return preflight(request).with("x-amzn-RequestId", call.requestId());
    }
    if (WellKnown.recognises(request)) {
      return shared(wellKnown.serve(request), request);
    }
    call.span().note("operation", json.operation(request).orElse("?"));
    return shared(
        json.handle(
            request,
            call.requestId(),
            new CognitoCall(call.caller(), call.requestId(), call.at(), call.span())),
        request);
  }

  @Override
  public HttpResponse failure(AwsException failure, ServiceCall call) {
    return shared(json.failure(failure, call.requestId()), call.http());
  }

  private static HttpResponse preflight(HttpRequest request) {
    HttpResponse response =
        HttpResponse.of(200)
            .with("Access-Control-Allow-Origin", "*")
            .with("Access-Control-Allow-Methods", "POST")
            .with("Access-Control-Expose-Headers", EXPOSED)
            .with("Access-Control-Max-Age", "172800");
    Optional<String> headers = request.header("Access-Control-Request-Headers");
    return headers.isPresent()
        ? response.with("Access-Control-Allow-Headers", headers.get())
        : response;
  }

  private static HttpResponse shared(HttpResponse response, HttpRequest request) {
    return request.header("Origin").isEmpty()
        ? response
        : response
            .with("Access-Control-Allow-Origin", "*")
            .with("Access-Control-Expose-Headers", EXPOSED);
  }
}
