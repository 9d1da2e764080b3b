package dev.cloudtask.localcloud.crowd;

import dev.cloudtask.localcloud.death.ChildCloud;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ExplicitAuthFlowsType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserType;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.StsClient;

/** Users who sign up and sign in, roles that come and go, and the question who one is. */
final class People implements Activity {
  private static final String PASSWORD = "Correct-Horse-7";

  private final CognitoIdentityProviderClient cognito;
  private final IamClient iam;
  private final StsClient sts;
  private final String pool;
  private final String client;
  private final Queue<String> signedUp = new ConcurrentLinkedQueue<>();
  private final AtomicInteger names = new AtomicInteger();

  People(ChildCloud cloud) {
    cognito = cloud.client(CognitoIdentityProviderClient.builder());
    iam = cloud.client(IamClient.builder());
    sts = cloud.client(StsClient.builder());
    pool = cognito.createUserPool(p -> p.poolName("crowd")).userPool().id();
    client =
        cognito
            .createUserPoolClient(
                c ->
                    c.userPoolId(pool)
                        .clientName("crowd")
                        .explicitAuthFlows(
                            ExplicitAuthFlowsType.ALLOW_USER_PASSWORD_AUTH,
                            ExplicitAuthFlowsType.ALLOW_REFRESH_TOKEN_AUTH))
            .userPoolClient()
            .clientId();
  }

  @Override
  public int share() {
    return 12;
  }

  @Override
  public void turn(int who, Random random) {
    int name = names.getAndIncrement();
    switch (random.nextInt(3)) {
      case 0 -> {
        String user = "user-" + name;
        cognito.signUp(s -> s.clientId(client).username(user).password(PASSWORD));
        cognito.adminConfirmSignUp(a -> a.userPoolId(pool).username(user));
        signedUp.add(user);
        String token =
            cognito
                .initiateAuth(
                    a ->
                        a.clientId(client)
                            .authFlow(AuthFlowType.USER_PASSWORD_AUTH)
                            .authParameters(Map.of("USERNAME", user, "PASSWORD", PASSWORD)))
                .authenticationResult()
                .accessToken();
        if (!cognito.getUser(g -> g.accessToken(token)).username().equals(user)) {
          throw new IllegalStateException("the token is another user's");
        }
      }
      case 1 -> {
        String role = "role-" + name;
        iam.createRole(
            r ->
                r.roleName(role)
                    .assumeRolePolicyDocument(
                        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
                            + "\"Principal\":{\"Service\":\"lambda.amazonaws.com\"},"
                            + "\"Action\":\"sts:AssumeRole\"}]}"));
        iam.getRole(r -> r.roleName(role));
        iam.deleteRole(r -> r.roleName(role));
      }
      default -> sts.getCallerIdentity();
    }
  }

  @Override
  public List<String> verify() {
    Set<String> there =
        cognito.listUsersPaginator(l -> l.userPoolId(pool)).users().stream()
            .map(UserType::username)
            .collect(Collectors.toCollection(TreeSet::new));
    if (!there.equals(new TreeSet<>(signedUp))) {
      return List.of(signedUp.size() + " signed up, " + there.size() + " are there");
    }
    boolean left =
        iam.listRolesPaginator().roles().stream().anyMatch(r -> r.roleName().startsWith("role-"));
    return left ? List.of("roles are left that were deleted") : List.of();
  }
}
