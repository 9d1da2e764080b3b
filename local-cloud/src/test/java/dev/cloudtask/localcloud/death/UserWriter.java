package dev.cloudtask.localcloud.death;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ExplicitAuthFlowsType;

/** Users who sign up and are confirmed; those who were confirmed can sign in ever after. */
final class UserWriter implements Writer {
  private static final String PASSWORD = "Passw0rd!";

  private final Told<String> told = new Told<>();
  private String pool = "";
  private String client = "";
  private int number;

  @Override
  public void prepare(ChildCloud cloud) {
    CognitoIdentityProviderClient cognito = cloud.client(CognitoIdentityProviderClient.builder());
    pool = cognito.createUserPool(r -> r.poolName("people")).userPool().id();
    client =
        cognito
            .createUserPoolClient(
                r ->
                    r.userPoolId(pool)
                        .clientName("web")
                        .explicitAuthFlows(
                            ExplicitAuthFlowsType.ALLOW_USER_PASSWORD_AUTH,
                            ExplicitAuthFlowsType.ALLOW_REFRESH_TOKEN_AUTH))
            .userPoolClient()
            .clientId();
  }

  @Override
  public void write(ChildCloud cloud) {
    CognitoIdentityProviderClient cognito = cloud.client(CognitoIdentityProviderClient.builder());
    while (true) {
      String name = "user" + number++;
      told.begin(name, Optional.of("UNCONFIRMED"));
      cognito.signUp(r -> r.clientId(client).username(name).password(PASSWORD));
      told.acknowledge(name);
      told.begin(name, Optional.of("CONFIRMED"));
      cognito.adminConfirmSignUp(r -> r.userPoolId(pool).username(name));
      told.acknowledge(name);
    }
  }

  @Override
  public List<String> verify(ChildCloud cloud) {
    CognitoIdentityProviderClient cognito = cloud.client(CognitoIdentityProviderClient.builder());
    Map<String, String> there = new HashMap<>();
    cognito
        .listUsersPaginator(r -> r.userPoolId(pool))
        .users()
        .forEach(user -> there.put(user.username(), user.userStatusAsString()));
    List<String> wrong = told.compare("user", there);
    String newest =
        told.names().stream()
            .filter(name -> told.certain(name).equals(Optional.of("CONFIRMED")))
            .max(Comparator.comparingInt(name -> Integer.parseInt(name.substring(4))))
            .orElse("");
    if (!newest.isEmpty()) {
      // Throws if the password, the client or the pool's keys are gone.
      cognito.initiateAuth(
          r ->
              r.authFlow(AuthFlowType.USER_PASSWORD_AUTH)
                  .clientId(client)
                  .authParameters(Map.of("USERNAME", newest, "PASSWORD", PASSWORD)));
    }
    return wrong;
  }

  @Override
  public long acknowledged() {
    return told.acknowledged();
  }
}
