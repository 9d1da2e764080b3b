package dev.cloudtask.localcloud.services.cognito;

import static dev.cloudtask.localcloud.services.cognito.Pools.PASSWORD;
import static dev.cloudtask.localcloud.services.cognito.Pools.claims;
import static dev.cloudtask.localcloud.services.cognito.Pools.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.Base64;
import dev.cloudtask.localcloud.Fact;
import dev.cloudtask.localcloud.TestCloud;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ChallengeNameType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ExplicitAuthFlowsType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.RespondToAuthChallengeResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserStatusType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UsernameAttributeType;
import software.amazon.awssdk.services.iam.IamClient;

class AdminTest {
  private static TestCloud cloud;

  @BeforeAll
  static void start() {
    cloud = TestCloud.start();
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  @Fact("COG-048")
  @Test
  void invitedUser_setsHisOwnPassword_atTheFirstSignIn() {
    Pools pools = Pools.byName(cloud);
    UserType user =
        pools
            .cognito
            .adminCreateUser(
                r ->
                    r.userPoolId(pools.poolId)
                        .username("ann")
                        .temporaryPassword("Temporary-1")
                        .userAttributes(
                            Pools.attribute("email", "ann@invited.example"),
                            Pools.attribute("email_verified", "true")))
            .user();
    assertThat(user.userStatus()).isEqualTo(UserStatusType.FORCE_CHANGE_PASSWORD);
    assertThat(Pools.text(pools.mails("ann@invited.example").get(0)))
        .isEqualTo("Your username is ann and temporary password is Temporary-1.");

    InitiateAuthResponse asked = pools.initiate("ann", "Temporary-1");
    assertThat(asked.challengeName()).isEqualTo(ChallengeNameType.NEW_PASSWORD_REQUIRED);
    assertThat(asked.session()).isNotEmpty();
    assertThat(asked.authenticationResult()).isNull();

    assertThat(respond(pools, asked.session()).authenticationResult().idToken()).isNotEmpty();
    assertThat(failure(() -> respond(pools, asked.session())))
        .isEqualTo(
            "NotAuthorizedException: Invalid session for the user, session can only be used"
                + " once.");
    assertThat(pools.signIn("ann").idToken()).isNotEmpty();
    assertThat(
            pools
                .cognito
                .adminGetUser(r -> r.userPoolId(pools.poolId).username("ann"))
                .userStatus())
        .isEqualTo(UserStatusType.CONFIRMED);
  }

  private static RespondToAuthChallengeResponse respond(Pools pools, String session) {
    return pools.cognito.respondToAuthChallenge(
        r ->
            r.clientId(pools.clientId)
                .challengeName(ChallengeNameType.NEW_PASSWORD_REQUIRED)
                .session(session)
                .challengeResponses(Map.of("USERNAME", "ann", "NEW_PASSWORD", PASSWORD)));
  }

  @Test
  void temporaryPassword_andSession_expire() {
    try (TestCloud alone = TestCloud.start()) {
      Pools pools = Pools.byName(alone);
      pools.cognito.adminCreateUser(
          r -> r.userPoolId(pools.poolId).username("ann").temporaryPassword("Temporary-1"));
      String session = pools.initiate("ann", "Temporary-1").session();
      alone.advance(Duration.ofMinutes(4));
      assertThat(failure(() -> respond(pools, session)))
          .isEqualTo("NotAuthorizedException: Invalid session for the user, session is expired.");
      alone.advance(Duration.ofDays(7));
      assertThat(failure(() -> pools.initiate("ann", "Temporary-1")))
          .isEqualTo(
              "NotAuthorizedException: Temporary password has expired and must be reset by an"
                  + " administrator.");
    }
  }

  @Test
  void administrator_setsPasswords_confirms_signsIn_andDeletes() {
    Pools pools = Pools.byName(cloud);
    pools.signUp("ben");
    pools.cognito.adminConfirmSignUp(r -> r.userPoolId(pools.poolId).username("ben"));
    pools.cognito.adminSetUserPassword(
        r -> r.userPoolId(pools.poolId).username("ben").password("Other-horse-2").permanent(true));

    assertThat(
            pools
                .cognito
                .adminInitiateAuth(
                    r ->
                        r.userPoolId(pools.poolId)
                            .clientId(pools.clientId)
                            .authFlow(AuthFlowType.ADMIN_USER_PASSWORD_AUTH)
                            .authParameters(Map.of("USERNAME", "ben", "PASSWORD", "Other-horse-2")))
                .authenticationResult()
                .accessToken())
        .isNotEmpty();
    pools.cognito.adminDeleteUser(r -> r.userPoolId(pools.poolId).username("ben"));
    assertThat(
            failure(
                () -> pools.cognito.adminGetUser(r -> r.userPoolId(pools.poolId).username("ben"))))
        .isEqualTo("UserNotFoundException: User does not exist.");
    pools.signUp("ben"); // the name is free again
  }

  @Test
  void users_areListedByFilter_andInPages() {
    Pools pools = Pools.byName(cloud);
    for (String name : List.of("cara", "carl", "dana")) {
      pools.signUp(name);
    }

    assertThat(names(pools, "email ^= \"car\"")).containsExactlyInAnyOrder("cara", "carl");
    assertThat(names(pools, "username = \"dana\"")).containsExactly("dana");
    assertThat(names(pools, "cognito:user_status = \"CONFIRMED\"")).isEmpty();
    assertThat(failure(() -> names(pools, "email like x")))
        .isEqualTo("InvalidParameterException: Error while parsing filter");
    assertThat(
            pools.cognito.listUsersPaginator(r -> r.userPoolId(pools.poolId).limit(2)).stream()
                .flatMap(page -> page.users().stream())
                .map(UserType::username))
        .containsExactlyInAnyOrder("cara", "carl", "dana");
  }

  private static List<String> names(Pools pools, String filter) {
    return pools.cognito.listUsers(r -> r.userPoolId(pools.poolId).filter(filter)).users().stream()
        .map(UserType::username)
        .toList();
  }

  @Test
  void groups_areInTheIdToken_withRoles() {
    Pools pools = Pools.byName(cloud);
    pools.register("eve");
    pools.cognito.createGroup(
        r ->
            r.userPoolId(pools.poolId)
                .groupName("admins")
                .precedence(1)
                .roleArn("arn:aws:iam::000000000000:role/admins"));
    pools.cognito.createGroup(r -> r.userPoolId(pools.poolId).groupName("staff").precedence(5));
    for (String group : List.of("staff", "admins")) {
      pools.cognito.adminAddUserToGroup(
          r -> r.userPoolId(pools.poolId).groupName(group).username("eve"));
    }

    var id = claims(pools.signIn("eve").idToken());

    assertThat(id.get("cognito:groups")).hasToString("[\"admins\",\"staff\"]");
    assertThat(id.get("cognito:preferred_role").getAsString())
        .isEqualTo("arn:aws:iam::000000000000:role/admins");
    pools.cognito.deleteGroup(r -> r.userPoolId(pools.poolId).groupName("admins"));
    assertThat(
            pools
                .cognito
                .adminListGroupsForUser(r -> r.userPoolId(pools.poolId).username("eve"))
                .groups())
        .singleElement()
        .satisfies(group -> assertThat(group.groupName()).isEqualTo("staff"));
  }

  @Fact("COG-050")
  @Test
  void ids_lookAsOnAws() {
    Pools pools = Pools.byName(cloud);

    assertThat(pools.poolId).matches("us-east-1_[A-Za-z0-9]{9}");
    assertThat(pools.clientId).matches("[a-z0-9]{26}");
  }

  @Fact("COG-051")
  @Test
  void unknownPool_isNotFound() {
    Pools pools = Pools.byName(cloud);

    assertThat(
            failure(() -> pools.cognito.describeUserPool(r -> r.userPoolId("us-east-1_Nothing00"))))
        .isEqualTo("ResourceNotFoundException: User pool us-east-1_Nothing00 does not exist.");
  }

  @Test
  void contradictorySettings_areRefused() {
    assertThat(
            failure(
                () ->
                    Pools.create(
                        cloud,
                        pool ->
                            pool.usernameAttributes(UsernameAttributeType.EMAIL)
                                .aliasAttributesWithStrings("email"),
                        client -> {})))
        .isEqualTo(
            "InvalidParameterException: Only one of the aliasAttributes or usernameAttributes can"
                + " be set in a user pool.");
    assertThat(
            failure(
                () ->
                    Pools.create(
                        cloud,
                        pool -> {},
                        client ->
                            client.explicitAuthFlows(
                                ExplicitAuthFlowsType.USER_PASSWORD_AUTH,
                                ExplicitAuthFlowsType.ALLOW_REFRESH_TOKEN_AUTH))))
        .startsWith("InvalidParameterException: ");
  }

  @Test
  void changedAddress_mustBeProvenAnew() {
    Pools pools = Pools.byName(cloud);
    pools.register("fay");
    String token = pools.signIn("fay").accessToken();

    pools.cognito.updateUserAttributes(
        r -> r.accessToken(token).userAttributes(Pools.attribute("email", "fay@new.example")));

    assertThat(pools.cognito.getUser(r -> r.accessToken(token)).userAttributes())
        .contains(
            Pools.attribute("email", "fay@new.example"),
            Pools.attribute("email_verified", "false"));
    pools.cognito.verifyUserAttribute(
        r -> r.accessToken(token).attributeName("email").code(pools.code("fay@new.example")));
    assertThat(pools.cognito.getUser(r -> r.accessToken(token)).userAttributes())
        .contains(Pools.attribute("email_verified", "true"));
    pools.cognito.changePassword(
        r -> r.accessToken(token).previousPassword(PASSWORD).proposedPassword("Other-horse-2"));
    assertThat(pools.initiate("fay", "Other-horse-2").authenticationResult()).isNotNull();
  }

  @Test
  void changesAtTheSameMoment_areAllKept() throws Exception {
    Pools pools = Pools.byName(cloud);
    pools.signUp("hal");
    List<String> groups = IntStream.range(0, 8).mapToObj(i -> "group" + i).toList();
    groups.forEach(
        name -> pools.cognito.createGroup(r -> r.userPoolId(pools.poolId).groupName(name)));
    ExecutorService threads = Executors.newFixedThreadPool(groups.size());
    try {
      for (Future<?> done :
          threads.invokeAll(groups.stream().map(name -> joining(pools, "hal", name)).toList())) {
        done.get();
      }
    } finally {
      threads.shutdown();
    }

    assertThat(
            pools
                .cognito
                .adminListGroupsForUser(r -> r.userPoolId(pools.poolId).username("hal"))
                .groups())
        .hasSameSizeAs(groups);
  }

  private static Callable<Boolean> joining(Pools pools, String user, String group) {
    return () -> {
      pools.cognito.adminAddUserToGroup(
          r -> r.userPoolId(pools.poolId).groupName(group).username(user));
      return true;
    };
  }

  @Test
  void callerWithoutThePolicy_isRefusedByName() {
    Pools pools = Pools.byName(cloud);
    IamClient iam = cloud.client(IamClient.builder());
    iam.createUser(r -> r.userName("ivy"));
    var key = iam.createAccessKey(r -> r.userName("ivy")).accessKey();
    CognitoIdentityProviderClient ivy =
        cloud.client(
            CognitoIdentityProviderClient.builder(),
            AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()));

    assertThat(failure(() -> ivy.listUsers(r -> r.userPoolId(pools.poolId))))
        .isEqualTo(
            "AccessDeniedException: User: arn:aws:iam::000000000000:user/ivy is not authorized to"
                + " perform: cognito-idp:ListUsers on resource:"
                + " arn:aws:cognito-idp:us-east-1:000000000000:userpool/"
                + pools.poolId
                + " because no identity-based policy allows the cognito-idp:ListUsers action");
  }

  @Test
  void srp_signsIn_withoutSendingThePassword() {
    Pools pools = Pools.byName(cloud);
    pools.register("gil");

    assertThat(srp(pools, PASSWORD).authenticationResult().idToken()).isNotEmpty();
    assertThat(failure(() -> srp(pools, "Wrong-horse-1")))
        .isEqualTo("NotAuthorizedException: Incorrect username or password.");
  }

  private static RespondToAuthChallengeResponse srp(Pools pools, String password) {
    SrpClient client = new SrpClient(new BigInteger("123456789abcdef0123456789abcdef", 16));
    InitiateAuthResponse asked =
        pools.cognito.initiateAuth(
            r ->
                r.clientId(pools.clientId)
                    .authFlow(AuthFlowType.USER_SRP_AUTH)
                    .authParameters(Map.of("USERNAME", "gil", "SRP_A", client.publicHex())));
    assertThat(asked.challengeName()).isEqualTo(ChallengeNameType.PASSWORD_VERIFIER);
    Map<String, String> given = asked.challengeParameters();
    String timestamp = "Sun Nov 22 16:00:00 UTC 2026";
    byte[] block = new Base64(given.get("SECRET_BLOCK")).decode();
    byte[] proof =
        client.proof(
            pools.poolId.substring(pools.poolId.indexOf('_') + 1),
            given.getOrDefault("USER_ID_FOR_SRP", ""),
            password,
            given.getOrDefault("SALT", ""),
            given.getOrDefault("SRP_B", ""),
            block,
            timestamp);
    return pools.cognito.respondToAuthChallenge(
        r ->
            r.clientId(pools.clientId)
                .challengeName(ChallengeNameType.PASSWORD_VERIFIER)
                .challengeResponses(
                    Map.of(
                        "USERNAME",
                        given.get("USERNAME"),
                        "PASSWORD_CLAIM_SECRET_BLOCK",
                        given.get("SECRET_BLOCK"),
                        "PASSWORD_CLAIM_SIGNATURE",
                        Base64.encode(proof).toString(),
                        "TIMESTAMP",
                        timestamp)));
  }
}
