package dev.cloudtask.localcloud.services.cognito;

import static dev.cloudtask.localcloud.services.cognito.Pools.PASSWORD;
import static dev.cloudtask.localcloud.services.cognito.Pools.attribute;
import static dev.cloudtask.localcloud.services.cognito.Pools.failure;
import static dev.cloudtask.localcloud.services.cognito.Pools.wrong;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudtask.localcloud.Fact;
import dev.cloudtask.localcloud.TestCloud;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AliasAttributeType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.SchemaAttributeType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.SignUpResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UsernameAttributeType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.VerifiedAttributeType;

class SignUpTest {
  private static TestCloud cloud;

  @BeforeAll
  static void start() {
    cloud = TestCloud.start();
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  @Fact("COG-003")
  @Test
  void signUp_sendsACode_andSaysWhereTo() {
    Pools pools = Pools.byName(cloud);

    SignUpResponse answer =
        pools.cognito.signUp(
            r ->
                r.clientId(pools.clientId)
                    .username("ann")
                    .password(PASSWORD)
                    .userAttributes(attribute("email", "test@test.com")));

    assertThat(answer.userConfirmed()).isFalse();
    assertThat(answer.userSub()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    assertThat(answer.codeDeliveryDetails().destination()).isEqualTo("t***@t***");
    assertThat(answer.codeDeliveryDetails().deliveryMediumAsString()).isEqualTo("EMAIL");
    assertThat(answer.codeDeliveryDetails().attributeName()).isEqualTo("email");
    assertThat(pools.mails("test@test.com"))
        .singleElement()
        .satisfies(
            mail -> {
              assertThat(mail.get("Subject").getAsString()).isEqualTo("Your verification code");
              assertThat(Pools.text(mail)).matches("Your confirmation code is \\d{6}");
            });
  }

  @Fact("COG-005")
  @Test
  void signUpWithoutAnAddress_sendsNothing() {
    Pools pools = Pools.byName(cloud);

    SignUpResponse answer =
        pools.cognito.signUp(r -> r.clientId(pools.clientId).username("ben").password(PASSWORD));

    assertThat(answer.codeDeliveryDetails()).isNull();
  }

  @Fact("COG-006")
  @Test
  void takenName_isRefused() {
    Pools pools = Pools.byName(cloud);
    pools.signUp("cleo");

    assertThat(failure(() -> pools.signUp("cleo")))
        .isEqualTo("UsernameExistsException: User already exists");
  }

  @Test
  void takenAddress_isRefused_inAnyLetterCaseIfCaseDoesNotCount() {
    Pools pools =
        Pools.create(
            cloud,
            pool ->
                pool.usernameAttributes(UsernameAttributeType.EMAIL)
                    .usernameConfiguration(c -> c.caseSensitive(false))
                    .autoVerifiedAttributes(VerifiedAttributeType.EMAIL),
            client -> {});
    pools.signUp("dora@example.com");

    assertThat(failure(() -> pools.signUp("Dora@Example.com")))
        .isEqualTo("UsernameExistsException: An account with the given email already exists.");
  }

  @Fact("COG-008")
  @Test
  void nameThatIsNoAddress_isRefused_wherePeopleSignInByAddress() {
    assertThat(failure(() -> Pools.byEmail(cloud).signUp("eve")))
        .isEqualTo("InvalidParameterException: Username should be an email.");
    Pools both =
        Pools.create(
            cloud,
            pool ->
                pool.usernameAttributes(
                    UsernameAttributeType.EMAIL, UsernameAttributeType.PHONE_NUMBER),
            client -> {});
    assertThat(failure(() -> both.signUp("eve")))
        .isEqualTo(
            "InvalidParameterException: Username should be either an email or a phone number.");
  }

  @Fact("COG-009")
  @Test
  void nameShapedAsAnAddress_isRefused_whereAddressesAreAliases() {
    Pools pools =
        Pools.create(cloud, pool -> pool.aliasAttributes(AliasAttributeType.EMAIL), client -> {});

    assertThat(failure(() -> pools.signUp("fay@example.com")))
        .isEqualTo(
            "InvalidParameterException: Username cannot be of email format, since user pool is"
                + " configured for email alias.");
  }

  @Fact({"COG-010", "COG-011"})
  @Test
  void weakPassword_isRefused_withTheRuleItBreaks() {
    Pools pools = Pools.byName(cloud);
    String start = "InvalidPasswordException: Password did not conform with policy: ";

    assertThat(refusal(pools, "Ab1!")).isEqualTo(start + "Password not long enough");
    assertThat(refusal(pools, "abcdef1!"))
        .isEqualTo(start + "Password must have uppercase characters");
    assertThat(refusal(pools, "ABCDEF1!"))
        .isEqualTo(start + "Password must have lowercase characters");
    assertThat(refusal(pools, "Abcdefg!"))
        .isEqualTo(start + "Password must have numeric characters");
    assertThat(refusal(pools, "Abcdefg1"))
        .isEqualTo(start + "Password must have symbol characters");
  }

  private static String refusal(Pools pools, String password) {
    return failure(
        () ->
            pools.cognito.signUp(
                r -> r.clientId(pools.clientId).username("gil").password(password)));
  }

  @Fact("COG-013")
  @Test
  void passwordPolicy_hasLimits_andCountsTheseSymbols() {
    assertThat(
            failure(
                () ->
                    Pools.create(
                        cloud,
                        pool -> pool.policies(p -> p.passwordPolicy(x -> x.minimumLength(5))),
                        client -> {})))
        .isEqualTo(
            "InvalidParameterException: 1 validation error detected: Value '5' at"
                + " 'policies.passwordPolicy.minimumLength' failed to satisfy constraint: Member"
                + " must have value greater than or equal to 6");
    Pools pools = Pools.byName(cloud);
    int user = 0;
    for (char symbol : "^$*.[]{}()?\"!@#%&/\\,><':;|_~`=+- ".toCharArray()) {
      String name = "symbol" + user++;
      pools.cognito.signUp(
          r -> r.clientId(pools.clientId).username(name).password("Abcd" + symbol + "efg1"));
    }
    assertThat(refusal(pools, "Abcdefg1§")).contains("symbol characters");
    assertThat(refusal(pools, "Aa1!" + "x".repeat(253)))
        .contains("Value at 'password' failed to satisfy constraint: Member must have length less");
  }

  @Fact("COG-016")
  @Test
  void confirmingTwice_isRefused() {
    Pools pools = Pools.byName(cloud);
    pools.signUp("hal");
    String code = pools.code("hal@example.com");
    pools.confirm("hal", "hal@example.com");

    assertThat(confirmation(pools, "hal", code))
        .isEqualTo("NotAuthorizedException: User cannot be confirmed. Current status is CONFIRMED");
  }

  private static String confirmation(Pools pools, String name, String code) {
    return failure(
        () ->
            pools.cognito.confirmSignUp(
                r -> r.clientId(pools.clientId).username(name).confirmationCode(code)));
  }

  @Fact("COG-019")
  @Test
  void guessingAndResending_areLimitedByTheHour() {
    Pools pools = Pools.byName(cloud);
    pools.signUp("ida");
    String wrong = wrong(pools.code("ida@example.com"));
    for (int i = 0; i < 15; i++) {
      assertThat(confirmation(pools, "ida", wrong))
          .isEqualTo(
              "CodeMismatchException: Invalid verification code provided, please try again.");
    }
    String limit = "LimitExceededException: Attempt limit exceeded, please try after some time.";
    assertThat(confirmation(pools, "ida", wrong)).isEqualTo(limit);

    for (int i = 0; i < 5; i++) {
      pools.cognito.resendConfirmationCode(r -> r.clientId(pools.clientId).username("ida"));
    }
    assertThat(
            failure(
                () ->
                    pools.cognito.resendConfirmationCode(
                        r -> r.clientId(pools.clientId).username("ida"))))
        .isEqualTo(limit);
  }

  @Fact("COG-021")
  @Test
  void code_worksForADay() {
    try (TestCloud alone = TestCloud.start()) {
      Pools pools = Pools.byName(alone);
      pools.signUp("jan");
      pools.signUp("kim");
      alone.advance(Duration.ofHours(24).minusMinutes(1));
      pools.confirm("jan", "jan@example.com");
      alone.advance(Duration.ofMinutes(2));

      assertThat(confirmation(pools, "kim", pools.code("kim@example.com")))
          .isEqualTo("ExpiredCodeException: Invalid code provided, please request a code again.");
    }
  }

  @Test
  void resentCode_replacesTheFirst() {
    Pools pools = Pools.byName(cloud);
    pools.signUp("lea");
    String first = pools.code("lea@example.com");
    pools.cognito.resendConfirmationCode(r -> r.clientId(pools.clientId).username("lea"));
    String second = pools.code("lea@example.com");

    if (!first.equals(second)) {
      assertThat(confirmation(pools, "lea", first)).startsWith("CodeMismatchException");
    }
    pools.confirm("lea", "lea@example.com");
    assertThat(
            failure(
                () ->
                    pools.cognito.resendConfirmationCode(
                        r -> r.clientId(pools.clientId).username("lea"))))
        .isEqualTo("InvalidParameterException: User is already confirmed.");
  }

  @Fact("COG-049")
  @Test
  void codeWithSpaces_isNoCode() {
    Pools pools = Pools.byName(cloud);
    pools.signUp("max");

    assertThat(confirmation(pools, "max", "12 34"))
        .isEqualTo(
            "InvalidParameterException: 1 validation error detected: Value '12 34' at"
                + " 'confirmationCode' failed to satisfy constraint: Member must satisfy regular"
                + " expression pattern: [\\S]+");
  }

  @Fact("COG-047")
  @Test
  void aliasOfAnotherUser_isRefusedAtConfirmation_unlessForced() {
    Pools pools =
        Pools.create(
            cloud,
            pool ->
                pool.aliasAttributes(AliasAttributeType.EMAIL)
                    .autoVerifiedAttributes(VerifiedAttributeType.EMAIL),
            client -> {});
    signUpWith(pools, "ned", "shared@example.com");
    pools.confirm("ned", "shared@example.com");
    signUpWith(pools, "ola", "shared@example.com");
    String code = pools.code("shared@example.com");

    assertThat(confirmation(pools, "ola", code))
        .isEqualTo("AliasExistsException: An account with the email already exists.");
    assertThat(Pools.claims(pools.signIn("shared@example.com").idToken()).get("cognito:username"))
        .hasToString("\"ned\"");

    pools.cognito.confirmSignUp(
        r ->
            r.clientId(pools.clientId)
                .username("ola")
                .confirmationCode(code)
                .forceAliasCreation(true));
    assertThat(Pools.claims(pools.signIn("shared@example.com").idToken()).get("cognito:username"))
        .hasToString("\"ola\"");
  }

  private static void signUpWith(Pools pools, String name, String address) {
    pools.cognito.signUp(
        r ->
            r.clientId(pools.clientId)
                .username(name)
                .password(PASSWORD)
                .userAttributes(attribute("email", address)));
  }

  @Test
  void unverifiedPool_sendsNoMail_andNobodyCanConfirm() {
    Pools pools = Pools.create(cloud, pool -> {}, client -> {});
    pools.signUp("pia");

    assertThat(pools.mails("pia@example.com")).isEmpty();
    assertThat(confirmation(pools, "pia", "123456")).startsWith("ExpiredCodeException");
  }

  @Test
  void attributes_mustFitTheSchema() {
    Pools pools =
        Pools.create(
            cloud,
            pool ->
                pool.schema(
                    SchemaAttributeType.builder()
                        .name("email")
                        .required(true)
                        .mutable(true)
                        .build()),
            client -> {});

    assertThat(
            failure(
                () ->
                    pools.cognito.signUp(
                        r -> r.clientId(pools.clientId).username("quin").password(PASSWORD))))
        .isEqualTo(
            "InvalidParameterException: Attributes did not conform to the schema: email: The"
                + " attribute is required\n");
    assertThat(
            failure(
                () ->
                    pools.cognito.signUp(
                        r ->
                            r.clientId(pools.clientId)
                                .username("quin")
                                .password(PASSWORD)
                                .userAttributes(
                                    List.of(
                                        attribute("email", "quin@example.com"),
                                        attribute("custom:shoe", "42"))))))
        .isEqualTo(
            "InvalidParameterException: Attributes did not conform to the schema: Type for"
                + " attribute {custom:shoe} could not be determined");
    assertThat(
            failure(
                () ->
                    pools.cognito.signUp(
                        r ->
                            r.clientId(pools.clientId)
                                .username("quin")
                                .password(PASSWORD)
                                .userAttributes(attribute("email", "not an address")))))
        .isEqualTo("InvalidParameterException: Invalid email address format.");
  }
}
