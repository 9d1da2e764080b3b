package dev.cloudtask.localcloud.services.cognito;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloudtask.localcloud.TestCloud;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AttributeType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthenticationResultType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CognitoIdentityProviderException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CreateUserPoolClientRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CreateUserPoolRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ExplicitAuthFlowsType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UsernameAttributeType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.VerifiedAttributeType;

/** A pool with a client, and the steps that most tests take. */
final class Pools {
  static final String PASSWORD = "Correct-horse-1";

  final TestCloud cloud;
  final CognitoIdentityProviderClient cognito;
  final String poolId;
  final String clientId;

  private Pools(
      TestCloud cloud, CognitoIdentityProviderClient cognito, String poolId, String clientId) {
    this.cloud = cloud;
    this.cognito = cognito;
    this.poolId = poolId;
    this.clientId = clientId;
  }

  /** Makes a pool in which people sign in with their e-mail address. */
  static Pools byEmail(TestCloud cloud) {
    return create(
        cloud,
        pool ->
            pool.usernameAttributes(UsernameAttributeType.EMAIL)
                .autoVerifiedAttributes(VerifiedAttributeType.EMAIL),
        client -> {});
  }

  /** Makes a pool in which people have names, and mail is verified. */
  static Pools byName(TestCloud cloud) {
    return create(
        cloud, pool -> pool.autoVerifiedAttributes(VerifiedAttributeType.EMAIL), client -> {});
  }

  static Pools create(
      TestCloud cloud,
      Consumer<CreateUserPoolRequest.Builder> poolSettings,
      Consumer<CreateUserPoolClientRequest.Builder> clientSettings) {
    CognitoIdentityProviderClient cognito = cloud.client(CognitoIdentityProviderClient.builder());
    CreateUserPoolRequest.Builder pool = CreateUserPoolRequest.builder().poolName("people");
    poolSettings.accept(pool);
    String poolId = cognito.createUserPool(pool.build()).userPool().id();
    CreateUserPoolClientRequest.Builder client =
        CreateUserPoolClientRequest.builder()
            .userPoolId(poolId)
            .clientName("page")
            .explicitAuthFlows(
                ExplicitAuthFlowsType.ALLOW_USER_PASSWORD_AUTH,
                ExplicitAuthFlowsType.ALLOW_USER_SRP_AUTH,
                ExplicitAuthFlowsType.ALLOW_ADMIN_USER_PASSWORD_AUTH,
                ExplicitAuthFlowsType.ALLOW_REFRESH_TOKEN_AUTH);
    clientSettings.accept(client);
    String clientId = cognito.createUserPoolClient(client.build()).userPoolClient().clientId();
    return new Pools(cloud, cognito, poolId, clientId);
  }

  /** Signs up; in a pool by name with the e-mail address NAME@example.com. Returns the sub. */
  String signUp(String name) {
    return cognito
        .signUp(
            r ->
                r.clientId(clientId)
                    .username(name)
                    .password(PASSWORD)
                    .userAttributes(
                        name.contains("@")
                            ? List.of()
                            : List.of(attribute("email", name + "@example.com"))))
        .userSub();
  }

  void confirm(String name, String address) {
    String code = code(address);
    cognito.confirmSignUp(r -> r.clientId(clientId).username(name).confirmationCode(code));
  }

  /** Signs up with an e-mail address and proves it. */
  String register(String name) {
    String sub = signUp(name);
    confirm(name, name.contains("@") ? name : name + "@example.com");
    return sub;
  }

  InitiateAuthResponse initiate(String name, String password) {
    return cognito.initiateAuth(
        r ->
            r.clientId(clientId)
                .authFlow(AuthFlowType.USER_PASSWORD_AUTH)
                .authParameters(Map.of("USERNAME", name, "PASSWORD", password)));
  }

  AuthenticationResultType signIn(String name) {
    return initiate(name, PASSWORD).authenticationResult();
  }

  InitiateAuthResponse refresh(String token) {
    return cognito.initiateAuth(
        r ->
            r.clientId(clientId)
                .authFlow(AuthFlowType.REFRESH_TOKEN_AUTH)
                .authParameters(Map.of("REFRESH_TOKEN", token)));
  }

  /** Returns the mails to an address, oldest first, as the inbox shows them. */
  List<JsonObject> mails(String address) {
    try {
      URI inbox =
          URI.create(
              cloud.cloud().inbox()
                  + "?email="
                  + URLEncoder.encode(address, StandardCharsets.UTF_8));
      String body =
          cloud.http().send(HttpRequest.newBuilder(inbox).build(), BodyHandlers.ofString()).body();
      JsonArray messages =
          JsonParser.parseString(body).getAsJsonObject().getAsJsonArray("messages");
      return messages.asList().stream().map(message -> message.getAsJsonObject()).toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static String text(JsonObject mail) {
    return mail.getAsJsonObject("Body").get("text_part").getAsString();
  }

  /** Returns the newest code that was mailed to an address. */
  String code(String address) {
    List<JsonObject> mails = mails(address);
    assertThat(mails).as("mails to " + address).isNotEmpty();
    Matcher code = Pattern.compile("\\d{6}").matcher(text(mails.get(mails.size() - 1)));
    assertThat(code.find()).isTrue();
    return code.group();
  }

  /** Returns a code of six digits that is not this one. */
  static String wrong(String code) {
    return code.equals("000000") ? "111111" : "000000";
  }

  static AttributeType attribute(String name, String value) {
    return AttributeType.builder().name(name).value(value).build();
  }

  /** Returns a part of a token: 0 its header, 1 its claims. */
  static JsonObject part(String token, int index) {
    return JsonParser.parseString(
            new String(
                Base64.getUrlDecoder().decode(token.split("\\.", -1)[index]),
                StandardCharsets.UTF_8))
        .getAsJsonObject();
  }

  static JsonObject claims(String token) {
    return part(token, 1);
  }

  /** Returns the failure of a call as {@code Code: message}. */
  static String failure(ThrowingCallable call) {
    CognitoIdentityProviderException failure =
        catchThrowableOfType(CognitoIdentityProviderException.class, call);
    assertThat(failure).as("a failure").isNotNull();
    assertThat(failure.statusCode()).isEqualTo(400);
    return failure.awsErrorDetails().errorCode() + ": " + failure.awsErrorDetails().errorMessage();
  }
}
