package dev.cloudtask.lab;

import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthenticationResultType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CognitoIdentityProviderException;

/** Makes users in the student's pool, the way people come there: by sign-up and the mailed code. */
public final class TestUsers {
  private static final String PASSWORD = "Correct-Horse-7";

  private final Stack stack;
  private final CognitoIdentityProviderClient cognito;
  private final Inbox inbox;

  TestUsers(Stack stack, CognitoIdentityProviderClient cognito, Inbox inbox) {
    this.stack = stack;
    this.cognito = cognito;
    this.inbox = inbox;
  }

  /** Returns an address that nobody has used yet. */
  public String newAddress() {
    return "user-" + UUID.randomUUID() + "@example.com";
  }

  /** Returns a password that every sensible policy takes. */
  public String password() {
    return PASSWORD;
  }

  /**
   * Makes a user and signs in.
   *
   * @throws Finding if the pool does not let people in: lab 3 tells why in full
   */
  public TestUser signUp() {
    String email = newAddress();
    String clientId =
        stack.output("UserPoolClientId", "the id of the app client that the page uses (lab 3)");
    try {
      cognito.signUp(r -> r.clientId(clientId).username(email).password(PASSWORD));
      String code = inbox.code(email).orElse("");
      if (code.isEmpty()) {
        throw refused("the mail with the code for " + email, "no mail");
      }
      cognito.confirmSignUp(r -> r.clientId(clientId).username(email).confirmationCode(code));
      return signIn(email);
    } catch (CognitoIdentityProviderException e) {
      throw refused("a user who is signed in", e.awsErrorDetails().errorMessage());
    }
  }

  /** Signs a user in once more, for fresh tokens. */
  public TestUser signIn(String email) {
    String clientId =
        stack.output("UserPoolClientId", "the id of the app client that the page uses (lab 3)");
    AuthenticationResultType tokens =
        cognito
            .initiateAuth(
                r ->
                    r.clientId(clientId)
                        .authFlow(AuthFlowType.USER_PASSWORD_AUTH)
                        .authParameters(Map.of("USERNAME", email, "PASSWORD", PASSWORD)))
            .authenticationResult();
    return new TestUser(
        email,
        PASSWORD,
        sub(tokens.idToken()),
        tokens.idToken(),
        tokens.accessToken(),
        tokens.refreshToken());
  }

  private static String sub(String token) {
    byte[] claims = Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]);
    return JsonParser.parseString(new String(claims, StandardCharsets.UTF_8))
        .getAsJsonObject()
        .get("sub")
        .getAsString();
  }

  private Finding refused(String expected, String got) {
    String type = "AWS::Cognito::UserPoolClient";
    return Finding.did("signed a user up in your pool, confirmed the address and signed in")
        .expected(expected)
        .got(got)
        .where(
            stack.template().resourcesOfType(type).stream()
                .findFirst()
                .map(id -> stack.template().resourcePlace(id))
                .orElseGet(() -> stack.template().resourcesPlace()))
        .why("This step needs a user. The steps of lab 3 look into each part of this by itself.")
        .found();
  }
}
