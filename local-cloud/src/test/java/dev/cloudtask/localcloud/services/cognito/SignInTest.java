package dev.cloudtask.localcloud.services.cognito;

import static dev.cloudtask.localcloud.services.cognito.Pools.PASSWORD;
import static dev.cloudtask.localcloud.services.cognito.Pools.claims;
import static dev.cloudtask.localcloud.services.cognito.Pools.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.Fact;
import dev.cloudtask.localcloud.TestCloud;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthenticationResultType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ExplicitAuthFlowsType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.FeatureType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.PreventUserExistenceErrorTypes;
import software.amazon.awssdk.services.cognitoidentityprovider.model.VerifiedAttributeType;

class SignInTest {
  private static TestCloud cloud;

  @BeforeAll
  static void start() {
    cloud = TestCloud.start();
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  @Fact("COG-022")
  @Test
  void rightPassword_givesThreeTokens() {
    Pools pools = Pools.byEmail(cloud);
    pools.register("ann@example.com");

    InitiateAuthResponse answer = pools.initiate("ann@example.com", PASSWORD);

    assertThat(answer.challengeName()).isNull();
    assertThat(answer.challengeParameters()).isEmpty();
    assertThat(answer.hasChallengeParameters()).isTrue();
    AuthenticationResultType result = answer.authenticationResult();
    assertThat(result.expiresIn()).isEqualTo(3600);
    assertThat(result.tokenType()).isEqualTo("Bearer");
    assertThat(result.idToken().split("\\.")).hasSize(3);
    assertThat(result.accessToken().split("\\.")).hasSize(3);
    assertThat(result.refreshToken().split("\\.")).hasSize(5);
  }

  @Fact("COG-024")
  @Test
  void unknownUser_isToldSo_byDefault() {
    assertThat(failure(() -> Pools.byName(cloud).initiate("nobody", PASSWORD)))
        .isEqualTo("UserNotFoundException: User does not exist.");
  }

  @Fact("COG-025")
  @Test
  void unknownUser_looksLikeAWrongPassword_whereThatIsWanted() {
    Pools pools = hiding();
    pools.register("ben");
    String wrong = "NotAuthorizedException: Incorrect username or password.";

    assertThat(failure(() -> pools.initiate("nobody", PASSWORD))).isEqualTo(wrong);
    assertThat(failure(() -> pools.initiate("ben", "Wrong-horse-1"))).isEqualTo(wrong);
    assertThat(
            pools
                .cognito
                .forgotPassword(r -> r.clientId(pools.clientId).username("nobody@example.com"))
                .codeDeliveryDetails()
                .destination())
        .isEqualTo("n***@e***");
    assertThat(pools.mails("nobody@example.com")).isEmpty();
  }

  private static Pools hiding() {
    return Pools.create(
        cloud,
        pool -> pool.autoVerifiedAttributes(VerifiedAttributeType.EMAIL),
        client -> client.preventUserExistenceErrors(PreventUserExistenceErrorTypes.ENABLED));
  }

  @Fact({"COG-027", "COG-028"})
  @Test
  void flowThatTheClientDidNotEnable_isRefused() {
    Pools pools =
        Pools.create(
            cloud,
            pool -> {},
            client -> client.explicitAuthFlows((java.util.Collection<ExplicitAuthFlowsType>) null));

    assertThat(failure(() -> pools.initiate("ann", PASSWORD)))
        .isEqualTo(
            "InvalidParameterException: USER_PASSWORD_AUTH flow not enabled for this client");
    assertThat(failure(() -> pools.refresh("garbage")))
        .isEqualTo("NotAuthorizedException: Invalid Refresh Token.");
  }

  @Fact("COG-031")
  @Test
  void secretHash_mustBeRight() throws Exception {
    Pools pools =
        Pools.create(
            cloud,
            pool -> pool.autoVerifiedAttributes(VerifiedAttributeType.EMAIL),
            client -> client.generateSecret(true));
    String secret =
        pools
            .cognito
            .describeUserPoolClient(r -> r.userPoolId(pools.poolId).clientId(pools.clientId))
            .userPoolClient()
            .clientSecret();
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    String right =
        Base64.getEncoder()
            .encodeToString(
                mac.doFinal(("cleo" + pools.clientId).getBytes(StandardCharsets.UTF_8)));

    assertThat(failure(() -> pools.signUp("cleo")))
        .isEqualTo(
            "NotAuthorizedException: Client "
                + pools.clientId
                + " is configured with secret but SECRET_HASH was not received");
    assertThat(failure(() -> signUp(pools, "bm90IGl0")))
        .isEqualTo(
            "NotAuthorizedException: Unable to verify secret hash for client " + pools.clientId);
    signUp(pools, right);
  }

  private static void signUp(Pools pools, String hash) {
    pools.cognito.signUp(
        r -> r.clientId(pools.clientId).username("cleo").password(PASSWORD).secretHash(hash));
  }

  @Fact("COG-033")
  @Test
  void disabledUser_isRefused() {
    Pools pools = Pools.byName(cloud);
    pools.register("dora");
    pools.cognito.adminDisableUser(r -> r.userPoolId(pools.poolId).username("dora"));

    assertThat(failure(() -> pools.signIn("dora")))
        .isEqualTo("NotAuthorizedException: User is disabled.");
  }

  @Fact("COG-034")
  @Test
  void unknownClient_isNotFound_with400() {
    Pools pools = Pools.byName(cloud);

    assertThat(
            failure(
                () ->
                    pools.cognito.initiateAuth(
                        r ->
                            r.clientId("nosuchclient")
                                .authFlow(AuthFlowType.USER_PASSWORD_AUTH)
                                .authParameters(Map.of("USERNAME", "a", "PASSWORD", "b")))))
        .isEqualTo("ResourceNotFoundException: User pool client nosuchclient does not exist.");
  }

  @Test
  void unconfirmedUser_isRefused_onlyAfterTheRightPassword() {
    Pools pools = Pools.byName(cloud);
    pools.signUp("eve");

    assertThat(failure(() -> pools.signIn("eve")))
        .isEqualTo("UserNotConfirmedException: User is not confirmed.");
    assertThat(failure(() -> pools.initiate("eve", "Wrong-horse-1")))
        .isEqualTo("NotAuthorizedException: Incorrect username or password.");
  }

  @Test
  void guessingPasswords_locksForAMomentThatDoubles() {
    try (TestCloud alone = TestCloud.start()) {
      Pools pools = Pools.byName(alone);
      pools.register("fay");
      for (int i = 0; i < 5; i++) {
        assertThat(failure(() -> pools.initiate("fay", "Wrong-horse-1")))
            .endsWith("Incorrect username or password.");
      }
      for (int i = 0; i < 12; i++) { // up to the longest lock
        alone.advance(Duration.ofMinutes(15));
        assertThat(failure(() -> pools.initiate("fay", "Wrong-horse-1")))
            .endsWith("Incorrect username or password.");
      }

      assertThat(failure(() -> pools.signIn("fay")))
          .isEqualTo("NotAuthorizedException: Password attempts exceeded");
      alone.advance(Duration.ofMinutes(15));
      assertThat(pools.signIn("fay").idToken()).isNotEmpty();
    }
  }

  @Fact("COG-035")
  @Test
  void refresh_givesNewTokensOfTheSameSignIn() {
    try (TestCloud alone = TestCloud.start()) {
      Pools pools = Pools.byName(alone);
      pools.register("gil");
      AuthenticationResultType first = pools.signIn("gil");
      alone.advance(Duration.ofMinutes(50));

      AuthenticationResultType second = pools.refresh(first.refreshToken()).authenticationResult();

      assertThat(second.refreshToken()).isNull();
      assertThat(second.expiresIn()).isEqualTo(3600);
      for (String[] pair :
          new String[][] {
            {first.idToken(), second.idToken()}, {first.accessToken(), second.accessToken()}
          }) {
        JsonObject before = claims(pair[0]);
        JsonObject after = claims(pair[1]);
        assertThat(after.get("origin_jti")).isEqualTo(before.get("origin_jti"));
        assertThat(after.get("auth_time")).isEqualTo(before.get("auth_time"));
        assertThat(after.get("jti")).isNotEqualTo(before.get("jti"));
        assertThat(after.get("exp").getAsLong()).isGreaterThan(before.get("exp").getAsLong());
      }
      alone.advance(Duration.ofDays(30));
      assertThat(failure(() -> pools.refresh(first.refreshToken())))
          .isEqualTo("NotAuthorizedException: Refresh Token has expired");
    }
  }

  @Test
  void rotation_replacesTheRefreshToken_andEndsTheOldOneAfterItsGrace() {
    try (TestCloud alone = TestCloud.start()) {
      Pools pools =
          Pools.create(
              alone,
              pool -> pool.autoVerifiedAttributes(VerifiedAttributeType.EMAIL),
              client ->
                  client
                      .explicitAuthFlows(ExplicitAuthFlowsType.ALLOW_USER_PASSWORD_AUTH)
                      .refreshTokenRotation(
                          r -> r.feature(FeatureType.ENABLED).retryGracePeriodSeconds(10)));
      pools.register("hal");
      String first = pools.signIn("hal").refreshToken();

      String second = tokens(pools, first).refreshToken();

      assertThat(second).isNotNull().isNotEqualTo(first);
      assertThat(tokens(pools, first).idToken()).as("within the grace").isNotEmpty();
      alone.advance(Duration.ofSeconds(11));
      assertThat(failure(() -> tokens(pools, first)))
          .isEqualTo("NotAuthorizedException: Refresh Token has been revoked");
      assertThat(tokens(pools, second).idToken()).isNotEmpty();
      assertThat(failure(() -> pools.refresh(second)))
          .isEqualTo(
              "InvalidParameterException: REFRESH_TOKEN_AUTH flow not enabled for this client");
    }
  }

  private static AuthenticationResultType tokens(Pools pools, String refreshToken) {
    return pools
        .cognito
        .getTokensFromRefreshToken(r -> r.clientId(pools.clientId).refreshToken(refreshToken))
        .authenticationResult();
  }

  @Fact("COG-036")
  @Test
  void garbageAndRevokedRefreshTokens_areToldApart() {
    Pools pools = Pools.byName(cloud);
    pools.register("ida");
    AuthenticationResultType tokens = pools.signIn("ida");
    AuthenticationResultType others = pools.signIn("ida");

    assertThat(failure(() -> pools.refresh("garbage")))
        .isEqualTo("NotAuthorizedException: Invalid Refresh Token.");
    pools.cognito.revokeToken(r -> r.clientId(pools.clientId).token(tokens.refreshToken()));
    assertThat(failure(() -> pools.refresh(tokens.refreshToken())))
        .isEqualTo("NotAuthorizedException: Refresh Token has been revoked");
    assertThat(failure(() -> pools.cognito.getUser(r -> r.accessToken(tokens.accessToken()))))
        .isEqualTo("NotAuthorizedException: Access Token has been revoked");
    assertThat(pools.refresh(others.refreshToken()).authenticationResult()).isNotNull();
  }

  @Fact("COG-046")
  @Test
  void globalSignOut_endsEverySignIn_butSignedTokensStillVerify() {
    Pools pools = Pools.byName(cloud);
    pools.register("jan");
    AuthenticationResultType one = pools.signIn("jan");
    AuthenticationResultType two = pools.signIn("jan");

    pools.cognito.globalSignOut(r -> r.accessToken(one.accessToken()));

    for (AuthenticationResultType tokens : new AuthenticationResultType[] {one, two}) {
      assertThat(failure(() -> pools.refresh(tokens.refreshToken())))
          .isEqualTo("NotAuthorizedException: Refresh Token has been revoked");
      assertThat(failure(() -> pools.cognito.getUser(r -> r.accessToken(tokens.accessToken()))))
          .isEqualTo("NotAuthorizedException: Access Token has been revoked");
      assertThat(TokenTest.verifiesByJwks(pools, tokens.idToken())).isTrue();
    }
    assertThat(pools.signIn("jan").idToken()).isNotEmpty();
  }

  @Test
  void getUser_wantsAGoodAccessToken() {
    Pools pools = Pools.byName(cloud);
    String sub = pools.register("kim");
    AuthenticationResultType tokens = pools.signIn("kim");

    var user = pools.cognito.getUser(r -> r.accessToken(tokens.accessToken()));

    assertThat(user.username()).isEqualTo("kim");
    assertThat(user.userAttributes())
        .contains(
            Pools.attribute("sub", sub),
            Pools.attribute("email", "kim@example.com"),
            Pools.attribute("email_verified", "true"));
    String invalid = "NotAuthorizedException: Invalid Access Token";
    assertThat(failure(() -> pools.cognito.getUser(r -> r.accessToken(tokens.idToken()))))
        .isEqualTo(invalid);
    assertThat(failure(() -> pools.cognito.getUser(r -> r.accessToken("a.b.c"))))
        .isEqualTo(invalid);
  }

  @Fact("COG-021")
  @Test
  void forgottenPassword_isSetByACodeThatLivesAnHour() {
    try (TestCloud alone = TestCloud.start()) {
      Pools pools = Pools.byEmail(alone);
      pools.register("lea@example.com");
      pools.cognito.forgotPassword(r -> r.clientId(pools.clientId).username("lea@example.com"));
      String late = pools.code("lea@example.com");
      alone.advance(Duration.ofMinutes(61));
      assertThat(failure(() -> setPassword(pools, late)))
          .isEqualTo("ExpiredCodeException: Invalid code provided, please request a code again.");

      pools.cognito.forgotPassword(r -> r.clientId(pools.clientId).username("lea@example.com"));
      String code = pools.code("lea@example.com");
      assertThat(Pools.text(pools.mails("lea@example.com").get(2)))
          .isEqualTo("Your password reset code is " + code);
      assertThat(failure(() -> setPassword(pools, Pools.wrong(code))))
          .isEqualTo(
              "CodeMismatchException: Invalid verification code provided, please try again.");
      setPassword(pools, code);

      assertThat(pools.initiate("lea@example.com", "New-horse-22").authenticationResult())
          .isNotNull();
      assertThat(failure(() -> pools.signIn("lea@example.com"))).contains("Incorrect");
      assertThat(failure(() -> setPassword(pools, code))).startsWith("ExpiredCodeException");
    }
  }

  private static void setPassword(Pools pools, String code) {
    pools.cognito.confirmForgotPassword(
        r ->
            r.clientId(pools.clientId)
                .username("lea@example.com")
                .confirmationCode(code)
                .password("New-horse-22"));
  }

  @Test
  void forgottenPassword_ofSomebodyWithoutAVerifiedAddress_isRefused() {
    Pools pools = Pools.byName(cloud);
    pools.signUp("max");

    assertThat(
            failure(
                () ->
                    pools.cognito.forgotPassword(r -> r.clientId(pools.clientId).username("max"))))
        .isEqualTo(
            "InvalidParameterException: Cannot reset password for the user as there is no"
                + " registered/verified email or phone_number");
  }
}
