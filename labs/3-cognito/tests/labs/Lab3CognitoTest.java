package labs;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloudtask.lab.Browser;
import dev.cloudtask.lab.Clients;
import dev.cloudtask.lab.Finding;
import dev.cloudtask.lab.Inbox;
import dev.cloudtask.lab.Lab;
import dev.cloudtask.lab.Page;
import dev.cloudtask.lab.Stack;
import dev.cloudtask.lab.Step;
import dev.cloudtask.lab.TestUser;
import dev.cloudtask.lab.TestUsers;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AdminGetUserResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AttributeType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthenticationResultType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CognitoIdentityProviderException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.SignUpResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UsernameAttributeType;

/** Lab 3. Read labs/3-cognito/chapter.adoc beside it; your work happens in template.yaml. */
@Lab(
    number = 3,
    title = "Users who prove who they are",
    begunBy = "AWS::Cognito::UserPool",
    folder = "labs/3-cognito")
final class Lab3CognitoTest {
  private static final String POOL = "AWS::Cognito::UserPool";
  private static final String CLIENT = "AWS::Cognito::UserPoolClient";
  private static final int LONGEST_TOKEN = 3600;

  @Step(number = 1, title = "There is a user pool, and people are known by their e-mail address")
  void pool(Stack stack, CognitoIdentityProviderClient cognito) {
    String id = poolId(stack);
    UserPoolType pool;
    try {
      pool = cognito.describeUserPool(r -> r.userPoolId(id)).userPool();
    } catch (CognitoIdentityProviderException e) {
      throw Finding.did("asked Cognito for the user pool \"" + id + "\"")
          .expected("your user pool")
          .got(words(e))
          .where(stack.template().outputPlace("UserPoolId"))
          .why("The output must be the pool's id, such as us-east-1_a1B2c3D4e: !Ref gives it.")
          .found();
    }
    if (!pool.usernameAttributes().contains(UsernameAttributeType.EMAIL)) {
      throw Finding.did("asked Cognito what people sign in with")
          .expected("an e-mail address: UsernameAttributes with email")
          .got(
              "UsernameAttributes "
                  + pool.usernameAttributesAsStrings()
                  + ", AliasAttributes "
                  + pool.aliasAttributesAsStrings())
          .where(
              pool.hasAliasAttributes()
                  ? place(stack, POOL, "Properties", "AliasAttributes")
                  : place(stack, POOL, "Properties", "UsernameAttributes"))
          .why(
              "The page has one field for the e-mail address, and sends that as the user name. An"
                  + " alias would come on top of another user name.")
          .found();
    }
  }

  @Step(number = 2, title = "The page has a client without a secret, and strangers may sign up")
  void client(Stack stack, CognitoIdentityProviderClient cognito, TestUsers users) {
    String poolId = poolId(stack);
    String clientId = clientId(stack);
    UserPoolClientType client;
    try {
      client =
          cognito
              .describeUserPoolClient(r -> r.userPoolId(poolId).clientId(clientId))
              .userPoolClient();
    } catch (CognitoIdentityProviderException e) {
      throw Finding.did("asked your user pool for the client \"" + clientId + "\"")
          .expected("a client of the pool " + poolId)
          .got(words(e))
          .where(stack.template().outputPlace("UserPoolClientId"))
          .why("The output must be the id of a client of this very pool: !Ref gives it.")
          .found();
    }
    if (client.clientSecret() != null) {
      throw Finding.did("asked Cognito for your client")
          .expected("a client without a secret")
          .got("one that has a secret, so that SignUp wants a SECRET_HASH made with it")
          .where(place(stack, CLIENT, "Properties", "GenerateSecret"))
          .why(
              "Whoever opens the page can read all that is in it, so the page can keep no secret."
                  + " A secret is for clients that run on a server.")
          .found();
    }
    signUp(stack, cognito, users.newAddress(), users.password());
  }

  @Step(number = 3, title = "Whoever signs up proves that the address is theirs")
  void mailedCode(
      Stack stack, CognitoIdentityProviderClient cognito, Inbox inbox, TestUsers users) {
    String email = users.newAddress();
    String poolId = poolId(stack);
    SignUpResponse signedUp = signUp(stack, cognito, email, users.password());
    String code = inbox.code(email).orElse("");
    if (signedUp.codeDeliveryDetails() == null || code.isEmpty()) {
      throw Finding.of(
              has(stack, POOL, "Properties", "AutoVerifiedAttributes")
                  ? Finding.Kind.WRONG
                  : Finding.Kind.NOT_STARTED,
              "SignUp of " + email + ", then looked for mail")
          .expected("an e-mail with a code of six digits")
          .got(inbox.to(email).isEmpty() ? "no mail" : "mail without such a code")
          .where(place(stack, POOL, "Properties", "AutoVerifiedAttributes"))
          .why(
              "Cognito mails a code only if AutoVerifiedAttributes has email. Without it nobody can"
                  + " confirm, and AWS reports no error.")
          .found();
    }
    String wrong = code.startsWith("9") ? "1" + code.substring(1) : "9" + code.substring(1);
    try {
      confirm(stack, cognito, email, wrong);
      throw Finding.did("ConfirmSignUp of " + email + " with a wrong code")
          .expected("CodeMismatchException")
          .got("it was taken")
          .where(place(stack, POOL))
          .found();
    } catch (CognitoIdentityProviderException e) {
      requireError(stack, e, "ConfirmSignUp with a wrong code", "CodeMismatchException");
    }
    confirm(stack, cognito, email, code);
    AdminGetUserResponse user = cognito.adminGetUser(r -> r.userPoolId(poolId).username(email));
    String verified =
        user.userAttributes().stream()
            .filter(attribute -> attribute.name().equals("email_verified"))
            .map(AttributeType::value)
            .findFirst()
            .orElse("false");
    if (!user.userStatusAsString().equals("CONFIRMED") || !verified.equals("true")) {
      throw Finding.did("ConfirmSignUp of " + email + " with the code from the mail")
          .expected("the user is CONFIRMED, email_verified is true")
          .got("the user is " + user.userStatusAsString() + ", email_verified is " + verified)
          .where(place(stack, POOL, "Properties", "AutoVerifiedAttributes"))
          .found();
    }
  }

  @Step(number = 4, title = "Confirmed users sign in with their password, others do not")
  void signIn(Stack stack, CognitoIdentityProviderClient cognito, Inbox inbox, TestUsers users) {
    String email = users.newAddress();
    signUp(stack, cognito, email, users.password());
    try {
      initiateAuth(stack, cognito, email, users.password());
      throw Finding.did("signed in as " + email + ", who has not entered the code yet")
          .expected("UserNotConfirmedException")
          .got("tokens")
          .where(place(stack, POOL))
          .found();
    } catch (CognitoIdentityProviderException e) {
      requireError(stack, e, "signed in before the code was entered", "UserNotConfirmedException");
    }
    confirm(stack, cognito, email, inbox.code(email).orElse(""));
    try {
      requireTokens(stack, initiateAuth(stack, cognito, email, users.password()));
    } catch (CognitoIdentityProviderException e) {
      throw flowFinding(stack, e, "signed in as " + email);
    }
  }

  @Step(number = 4, title = "A stranger does not learn who has an account")
  void strangersLearnNothing(Stack stack, CognitoIdentityProviderClient cognito, TestUsers users) {
    started(stack, CLIENT);
    TestUser user = users.signUp();
    String wrongPassword = refusal(stack, cognito, user.email(), "Wrong-Horse-7");
    String unknownUser = refusal(stack, cognito, users.newAddress(), "Wrong-Horse-7");
    if (!wrongPassword.equals(unknownUser)) {
      throw Finding.did("signed in with a wrong password, then as nobody that Cognito knows")
          .expected("the same answer: " + wrongPassword)
          .got("two answers; for the unknown user: " + unknownUser)
          .where(place(stack, CLIENT, "Properties", "PreventUserExistenceErrors"))
          .why("Whoever can tell the two apart can find out, address by address, who uses the app.")
          .found();
    }
  }

  @Step(number = 5, title = "Weak passwords are refused")
  void weakPasswords(Stack stack, CognitoIdentityProviderClient cognito, TestUsers users) {
    // As the page promises: eight characters are enough, if they are of all kinds.
    signUp(stack, cognito, users.newAddress(), "Ab1-xyzw");
    Map<String, String> weak = new LinkedHashMap<>();
    weak.put("Ab1-xyz", "MinimumLength");
    weak.put("correct-horse-7", "RequireUppercase");
    weak.put("CORRECT-HORSE-7", "RequireLowercase");
    weak.put("Correct-Horse-X", "RequireNumbers");
    weak.put("CorrectHorse77", "RequireSymbols");
    weak.forEach(
        (password, rule) -> {
          String did = "SignUp with the password " + password;
          try {
            rawSignUp(stack, cognito, users.newAddress(), password);
          } catch (CognitoIdentityProviderException e) {
            requireError(stack, e, did, "InvalidPasswordException");
            return;
          }
          throw Finding.did(did)
              .expected("InvalidPasswordException: Password did not conform with policy")
              .got("the password was taken")
              .where(place(stack, POOL, "Properties", "Policies", "PasswordPolicy", rule))
              .why(
                  "The page asks for 8 characters with upper and lower case, a digit and a symbol;"
                      + " only the pool can insist on it. What a PasswordPolicy leaves out is off.")
              .found();
        });
  }

  @Step(number = 5, title = "A forgotten password is replaced by a mailed code")
  void forgottenPassword(
      Stack stack, CognitoIdentityProviderClient cognito, Inbox inbox, TestUsers users) {
    String clientId = clientId(stack);
    TestUser user = users.signUp();
    int before = inbox.to(user.email()).size();
    try {
      cognito.forgotPassword(r -> r.clientId(clientId).username(user.email()));
      List<Inbox.Mail> mails = inbox.to(user.email());
      if (mails.size() > before) {
        cognito.confirmForgotPassword(
            r ->
                r.clientId(clientId)
                    .username(user.email())
                    .confirmationCode(mails.get(mails.size() - 1).code().orElse(""))
                    .password("Brand-New-Horse-8"));
        requireTokens(stack, initiateAuth(stack, cognito, user.email(), "Brand-New-Horse-8"));
        return;
      }
      throw forgotten(stack, "no mail");
    } catch (CognitoIdentityProviderException e) {
      throw forgotten(stack, words(e));
    }
  }

  @Step(number = 6, title = "The ID token says who the user is, for an hour at most")
  void idToken(Stack stack, Clients.Endpoint endpoint, TestUsers users) {
    String poolId = poolId(stack);
    String clientId = clientId(stack);
    TestUser user = users.signUp();
    JsonObject claims = claims(user.idToken());
    Map<String, String> expected = new LinkedHashMap<>();
    expected.put("iss", "https://cognito-idp." + endpoint.region() + ".amazonaws.com/" + poolId);
    expected.put("aud", clientId);
    expected.put("token_use", "id");
    expected.put("sub", user.sub());
    expected.put("email", user.email());
    expected.put("email_verified", "true");
    expected.forEach(
        (claim, value) -> {
          String got = claims.has(claim) ? claims.get(claim).getAsString() : "no such claim";
          if (!got.equals(value)) {
            throw Finding.did("signed in and read the ID token")
                .expected("the claim " + claim + ": " + value)
                .got(got)
                .where(
                    claim.startsWith("email")
                        ? place(stack, CLIENT, "Properties", "ReadAttributes")
                        : place(stack, CLIENT))
                .why(
                    "A token is how your API will know who calls. It carries the attributes that"
                        + " the client may read.")
                .found();
          }
        });
    long lives = claims.get("exp").getAsLong() - claims.get("iat").getAsLong();
    if (lives > LONGEST_TOKEN) {
      throw Finding.did("signed in and read the ID token")
          .expected("exp at most " + LONGEST_TOKEN + " seconds after iat")
          .got(lives + " seconds")
          .where(place(stack, CLIENT, "Properties", "IdTokenValidity"))
          .why(
              "Nobody can take an ID token back. A stolen one opens the API until it expires; the"
                  + " refresh token gets the page a new one every hour.")
          .found();
    }
  }

  @Step(number = 6, title = "The refresh token gets new tokens, until the user signs out")
  void refresh(Stack stack, CognitoIdentityProviderClient cognito, TestUsers users) {
    String clientId = clientId(stack);
    TestUser user = users.signUp();
    AuthenticationResultType renewed;
    try {
      renewed = renew(stack, cognito, user.refreshToken()).authenticationResult();
    } catch (CognitoIdentityProviderException e) {
      throw flowFinding(stack, e, "asked for new tokens with the refresh token");
    }
    if (!claims(renewed.idToken()).get("sub").getAsString().equals(user.sub())) {
      throw Finding.did("asked for new tokens with the refresh token")
          .expected("an ID token of the same user")
          .got("one of " + claims(renewed.idToken()).get("sub"))
          .where(place(stack, CLIENT))
          .found();
    }
    String newest = renewed.refreshToken() == null ? user.refreshToken() : renewed.refreshToken();
    String outcome = "new tokens all the same";
    try {
      cognito.revokeToken(r -> r.clientId(clientId).token(newest));
      renew(stack, cognito, newest);
    } catch (CognitoIdentityProviderException e) {
      outcome = words(e);
    }
    if (!outcome.startsWith("NotAuthorizedException")) {
      throw Finding.did("RevokeToken, as the page does at sign-out, then asked for new tokens")
          .expected("NotAuthorizedException: Refresh Token has been revoked")
          .got(outcome)
          .where(place(stack, CLIENT, "Properties", "EnableTokenRevocation"))
          .why("A refresh token lives for 30 days. Sign-out must end it, or it is no sign-out.")
          .found();
    }
  }

  @Step(number = 7, title = "People sign up and in on the page")
  void page(Stack stack, Browser browser, Inbox inbox, TestUsers users) {
    clientId(stack);
    String email = users.newAddress();
    try (Page page =
        browser.open(URI.create(stack.output("CloudFrontUrl", "the address of the page")))) {
      page.click("#sign-in [data-show='sign-up']");
      page.fill("#sign-up-email", email);
      page.fill("#sign-up-password", users.password());
      page.click("#sign-up [type='submit']");
      page.waitFor("#confirm-code");
      String code = inbox.code(email).orElse("");
      page.fill("#confirm-code", code.startsWith("9") ? "111111" : "999999");
      page.click("#confirm [type='submit']");
      page.waitUntil(
          "the page says in words that the code is wrong",
          "document.querySelector('#confirm .error').innerText.length > 10");
      page.fill("#confirm-code", code);
      page.click("#confirm [type='submit']");
      page.waitForText("#account", email);
      page.reload();
      page.waitForText("#account", email);
      page.click("#sign-out");
      page.waitFor("#sign-in-password");
    }
  }

  // --------------------------------------------------------------------------- what the page does

  private static SignUpResponse rawSignUp(
      Stack stack, CognitoIdentityProviderClient cognito, String email, String password) {
    String clientId = clientId(stack);
    return cognito.signUp(r -> r.clientId(clientId).username(email).password(password));
  }

  /** Signs up, which must go well. */
  private static SignUpResponse signUp(
      Stack stack, CognitoIdentityProviderClient cognito, String email, String password) {
    try {
      return rawSignUp(stack, cognito, email, password);
    } catch (CognitoIdentityProviderException e) {
      String said = words(e);
      String where;
      if (said.startsWith("InvalidPassword")) {
        where = place(stack, POOL, "Properties", "Policies", "PasswordPolicy", "MinimumLength");
      } else if (said.contains("SignUp is not permitted")) {
        where = place(stack, POOL, "Properties", "AdminCreateUserConfig");
      } else if (said.contains("schema")) {
        where = place(stack, POOL, "Properties", "Schema");
      } else {
        where = place(stack, CLIENT);
      }
      throw Finding.did("SignUp of " + email + " with the password " + password)
          .expected("a new user; nothing but address and password is asked for")
          .got(said)
          .where(where)
          .why("This is all that the page sends. People who come to it have no AWS account.")
          .found();
    }
  }

  private static void confirm(
      Stack stack, CognitoIdentityProviderClient cognito, String email, String code) {
    String clientId = clientId(stack);
    cognito.confirmSignUp(r -> r.clientId(clientId).username(email).confirmationCode(code));
  }

  private static InitiateAuthResponse initiateAuth(
      Stack stack, CognitoIdentityProviderClient cognito, String email, String password) {
    String clientId = clientId(stack);
    return cognito.initiateAuth(
        r ->
            r.clientId(clientId)
                .authFlow("USER_PASSWORD_AUTH")
                .authParameters(Map.of("USERNAME", email, "PASSWORD", password)));
  }

  private static InitiateAuthResponse renew(
      Stack stack, CognitoIdentityProviderClient cognito, String refreshToken) {
    String clientId = clientId(stack);
    return cognito.initiateAuth(
        r ->
            r.clientId(clientId)
                .authFlow("REFRESH_TOKEN_AUTH")
                .authParameters(Map.of("REFRESH_TOKEN", refreshToken)));
  }

  /** Returns in words how a sign-in that must fail is refused. */
  private static String refusal(
      Stack stack, CognitoIdentityProviderClient cognito, String email, String password) {
    try {
      initiateAuth(stack, cognito, email, password);
      return "tokens";
    } catch (CognitoIdentityProviderException e) {
      return words(e);
    }
  }

  // ------------------------------------------------------------------------------ what it means

  private static void requireTokens(Stack stack, InitiateAuthResponse answer) {
    if (answer.authenticationResult() == null) {
      throw Finding.did("signed in with the right password")
          .expected("tokens")
          .got("a challenge: " + answer.challengeNameAsString())
          .where(place(stack, POOL))
          .why("The page knows no second factor.")
          .found();
    }
  }

  private static void requireError(
      Stack stack, CognitoIdentityProviderException e, String did, String code) {
    if (!words(e).startsWith(code)) {
      throw words(e).contains("flow not enabled")
          ? flowFinding(stack, e, did)
          : Finding.did(did).expected(code).got(words(e)).where(place(stack, CLIENT)).found();
    }
  }

  private static Finding flowFinding(Stack stack, CognitoIdentityProviderException e, String did) {
    boolean listed = has(stack, CLIENT, "Properties", "ExplicitAuthFlows");
    return Finding.of(listed ? Finding.Kind.WRONG : Finding.Kind.NOT_STARTED, did)
        .expected("tokens")
        .got(words(e))
        .where(place(stack, CLIENT, "Properties", "ExplicitAuthFlows"))
        .why(
            "ExplicitAuthFlows says how people may sign in. The page uses USER_PASSWORD_AUTH and"
                + " REFRESH_TOKEN_AUTH; in the list they have ALLOW_ in front.")
        .found();
  }

  private static Finding forgotten(Stack stack, String got) {
    return Finding.did("ForgotPassword, then a new password with the code from the mail")
        .expected("a mail with a code; the new password works")
        .got(got)
        .where(place(stack, POOL, "Properties", "AccountRecoverySetting", "RecoveryMechanisms"))
        .why("People forget passwords. The verified e-mail address is the way back in.")
        .found();
  }

  private static JsonObject claims(String token) {
    byte[] payload = Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]);
    return JsonParser.parseString(new String(payload, StandardCharsets.UTF_8)).getAsJsonObject();
  }

  private static String words(CognitoIdentityProviderException e) {
    return e.awsErrorDetails().errorCode() + ": " + e.awsErrorDetails().errorMessage();
  }

  private static String poolId(Stack stack) {
    started(stack, POOL);
    return stack.output("UserPoolId", "the id of your user pool");
  }

  private static String clientId(Stack stack) {
    started(stack, CLIENT);
    return stack.output("UserPoolClientId", "the id of the page's client");
  }

  private static void started(Stack stack, String type) {
    if (stack.template().resourcesOfType(type).isEmpty()) {
      throw Finding.of(Finding.Kind.NOT_STARTED, "read your template")
          .expected("a resource of the type " + type)
          .got("none")
          .where(stack.template().resourcesPlace())
          .found();
    }
  }

  private static boolean has(Stack stack, String type, String... path) {
    return stack.template().has(logicalId(stack, type), path);
  }

  private static String place(Stack stack, String type, String... path) {
    return stack.template().resourcePlace(logicalId(stack, type), path);
  }

  /** Returns the resource that the output names, else the first of its type. */
  private static String logicalId(Stack stack, String type) {
    List<String> all = stack.template().resourcesOfType(type);
    return stack
        .template()
        .outputReference(type.equals(POOL) ? "UserPoolId" : "UserPoolClientId")
        .filter(all::contains)
        .orElse(all.get(0));
  }
}
