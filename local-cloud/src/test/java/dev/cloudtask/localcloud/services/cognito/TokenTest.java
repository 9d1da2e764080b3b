package dev.cloudtask.localcloud.services.cognito;

import static dev.cloudtask.localcloud.services.cognito.Pools.PASSWORD;
import static dev.cloudtask.localcloud.services.cognito.Pools.claims;
import static dev.cloudtask.localcloud.services.cognito.Pools.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.cloudtask.localcloud.Fact;
import dev.cloudtask.localcloud.TestCloud;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthenticationResultType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.TimeUnitsType;

class TokenTest {
  private static TestCloud cloud;

  @BeforeAll
  static void start() {
    cloud = TestCloud.start();
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  private static String get(Pools pools, String document) {
    try {
      HttpResponse<String> answer =
          pools
              .cloud
              .http()
              .send(
                  HttpRequest.newBuilder(
                          URI.create(
                              pools.cloud.endpoint()
                                  + "/"
                                  + pools.poolId
                                  + "/.well-known/"
                                  + document))
                      .build(),
                  BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      return answer.body();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Verifies a token as any client of the pool would: with nothing but the published keys. */
  static boolean verifiesByJwks(Pools pools, String token) {
    try {
      JWSObject parsed = JWSObject.parse(token);
      RSAKey key =
          (RSAKey)
              JWKSet.parse(get(pools, "jwks.json")).getKeyByKeyId(parsed.getHeader().getKeyID());
      return key != null && parsed.verify(new RSASSAVerifier(key));
    } catch (java.text.ParseException | com.nimbusds.jose.JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  @Fact("COG-042")
  @Test
  void keys_arePublished_twoOfThem_oneForEachKindOfToken() throws Exception {
    Pools pools = Pools.byName(cloud);
    pools.register("ann");
    AuthenticationResultType tokens = pools.signIn("ann");

    JWKSet keys = JWKSet.parse(get(pools, "jwks.json"));

    assertThat(keys.size()).isEqualTo(2);
    assertThat(keys.containsNonPublicKeys()).isFalse();
    assertThat(verifiesByJwks(pools, tokens.idToken())).isTrue();
    assertThat(verifiesByJwks(pools, tokens.accessToken())).isTrue();
    JsonObject header = Pools.part(tokens.idToken(), 0);
    assertThat(header.keySet()).containsExactlyInAnyOrder("kid", "alg");
    assertThat(header.get("alg").getAsString()).isEqualTo("RS256");
    assertThat(Pools.part(tokens.accessToken(), 0).get("kid")).isNotEqualTo(header.get("kid"));
    assertThat(claims(tokens.idToken()).get("iss").getAsString())
        .isEqualTo("https://cognito-idp.us-east-1.amazonaws.com/" + pools.poolId);
  }

  @Fact("COG-044")
  @Test
  void discovery_saysWhereThingsAre() {
    Pools pools = Pools.byName(cloud);
    String issuer = "https://cognito-idp.us-east-1.amazonaws.com/" + pools.poolId;

    JsonObject document =
        JsonParser.parseString(get(pools, "openid-configuration")).getAsJsonObject();

    assertThat(document.get("issuer").getAsString()).isEqualTo(issuer);
    assertThat(document.get("jwks_uri").getAsString()).isEqualTo(issuer + "/.well-known/jwks.json");
    assertThat(document.get("id_token_signing_alg_values_supported")).hasToString("[\"RS256\"]");
    assertThat(document.get("response_types_supported")).hasToString("[\"code\",\"token\"]");
    assertThat(document.get("scopes_supported"))
        .hasToString("[\"openid\",\"email\",\"phone\",\"profile\"]");
    assertThat(document.get("subject_types_supported")).hasToString("[\"public\"]");
    assertThat(document.get("token_endpoint_auth_methods_supported"))
        .hasToString("[\"client_secret_basic\",\"client_secret_post\"]");
    assertThat(document.keySet())
        .contains("authorization_endpoint", "token_endpoint", "userinfo_endpoint");
  }

  @Fact("COG-040")
  @Test
  void accessToken_saysWhoAndWhatFor_butNotTheAddress() {
    Pools pools = Pools.byName(cloud);
    String sub = pools.register("ben");
    pools.cognito.createGroup(r -> r.userPoolId(pools.poolId).groupName("staff"));
    pools.cognito.adminAddUserToGroup(
        r -> r.userPoolId(pools.poolId).groupName("staff").username("ben"));

    JsonObject claims = claims(pools.signIn("ben").accessToken());

    assertThat(claims.keySet())
        .containsExactlyInAnyOrder(
            "sub",
            "cognito:groups",
            "iss",
            "client_id",
            "origin_jti",
            "event_id",
            "token_use",
            "scope",
            "auth_time",
            "exp",
            "iat",
            "jti",
            "username");
    assertThat(claims.get("sub").getAsString()).isEqualTo(sub);
    assertThat(claims.get("client_id").getAsString()).isEqualTo(pools.clientId);
    assertThat(claims.get("token_use").getAsString()).isEqualTo("access");
    assertThat(claims.get("scope").getAsString()).isEqualTo("aws.cognito.signin.user.admin");
    assertThat(claims.get("username").getAsString()).isEqualTo("ben");
    assertThat(claims.get("cognito:groups")).hasToString("[\"staff\"]");
    assertThat(claims.get("exp").getAsLong() - claims.get("iat").getAsLong()).isEqualTo(3600);
  }

  @Fact("COG-041")
  @Test
  void userName_isTheSub_wherePeopleSignInByAddress() {
    Pools pools = Pools.byEmail(cloud);
    String sub = pools.register("cleo@example.com");

    AuthenticationResultType tokens = pools.signIn("cleo@example.com");

    JsonObject id = claims(tokens.idToken());
    assertThat(id.get("cognito:username").getAsString()).isEqualTo(sub);
    assertThat(id.get("sub").getAsString()).isEqualTo(sub);
    assertThat(id.get("email").getAsString()).isEqualTo("cleo@example.com");
    assertThat(id.getAsJsonPrimitive("email_verified").isBoolean()).isTrue();
    assertThat(id.get("aud").getAsString()).isEqualTo(pools.clientId);
    assertThat(id.get("token_use").getAsString()).isEqualTo("id");
    assertThat(claims(tokens.accessToken()).get("username").getAsString()).isEqualTo(sub);
    assertThat(claims(tokens.accessToken()).keySet()).doesNotContain("aud", "email");
  }

  @Test
  void validity_isTheClients() {
    Pools pools =
        Pools.create(
            cloud,
            pool ->
                pool.autoVerifiedAttributes(
                    software.amazon.awssdk.services.cognitoidentityprovider.model
                        .VerifiedAttributeType.EMAIL),
            client ->
                client
                    .accessTokenValidity(5)
                    .idTokenValidity(2)
                    .tokenValidityUnits(
                        u -> u.accessToken(TimeUnitsType.MINUTES).idToken(TimeUnitsType.HOURS)));
    pools.register("dora");

    AuthenticationResultType tokens = pools.signIn("dora");

    assertThat(tokens.expiresIn()).isEqualTo(300);
    JsonObject id = claims(tokens.idToken());
    assertThat(id.get("exp").getAsLong() - id.get("iat").getAsLong()).isEqualTo(7200);
    assertThat(
            failure(
                () ->
                    Pools.create(
                        cloud,
                        pool -> {},
                        client ->
                            client
                                .accessTokenValidity(4)
                                .tokenValidityUnits(u -> u.accessToken(TimeUnitsType.MINUTES)))))
        .isEqualTo("InvalidParameterException: Invalid range for token validity.");
  }

  @Test
  void forgedTokens_areRefused() throws Exception {
    try (TestCloud alone = TestCloud.start()) {
      Pools pools = Pools.byName(alone);
      pools.register("eve");
      String good = pools.signIn("eve").accessToken();
      String[] parts = good.split("\\.", -1);
      RSAKey published =
          (RSAKey)
              JWKSet.parse(get(pools, "jwks.json"))
                  .getKeyByKeyId(JWSObject.parse(good).getHeader().getKeyID());
      Payload payload = JWSObject.parse(good).getPayload();

      JWSObject symmetric =
          new JWSObject(
              new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(published.getKeyID()).build(),
              payload);
      symmetric.sign(new MACSigner(published.toPublicKey().getEncoded()));
      JWSObject stranger =
          new JWSObject(
              new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(published.getKeyID()).build(),
              payload);
      stranger.sign(new RSASSASigner(new RSAKeyGenerator(2048).generate()));
      String none =
          base64("{\"alg\":\"none\",\"kid\":\"" + published.getKeyID() + "\"}")
              + "."
              + parts[1]
              + ".";
      String changed =
          parts[0] + "." + base64(payload.toString().replace("eve", "ann")) + "." + parts[2];

      assertThat(accepts(pools, good)).isTrue();
      assertThat(accepts(pools, symmetric.serialize())).isFalse();
      assertThat(accepts(pools, stranger.serialize())).isFalse();
      assertThat(accepts(pools, none)).isFalse();
      assertThat(accepts(pools, changed)).isFalse();
      assertThat(accepts(pools, parts[0] + "." + parts[1] + ".")).isFalse();
      alone.advance(Duration.ofHours(1));
      assertThat(failure(() -> pools.cognito.getUser(r -> r.accessToken(good))))
          .isEqualTo("NotAuthorizedException: Access Token has expired");
    }
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static boolean accepts(Pools pools, String token) {
    try {
      pools.cognito.getUser(r -> r.accessToken(token));
      return true;
    } catch (
        software.amazon.awssdk.services.cognitoidentityprovider.model.NotAuthorizedException e) {
      assertThat(e.awsErrorDetails().errorMessage()).isEqualTo("Invalid Access Token");
      return false;
    }
  }

  @Test
  void keysAndSignIns_surviveARestart(@org.junit.jupiter.api.io.TempDir java.nio.file.Path folder) {
    String refreshToken;
    String clientId;
    try (TestCloud before = TestCloud.startIn(folder)) {
      Pools pools = Pools.byName(before);
      pools.register("fay");
      refreshToken = pools.signIn("fay").refreshToken();
      clientId = pools.clientId;
    }
    try (TestCloud after = TestCloud.startIn(folder)) {
      var cognito =
          after.client(
              software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient
                  .builder());
      assertThat(
              cognito
                  .getTokensFromRefreshToken(r -> r.clientId(clientId).refreshToken(refreshToken))
                  .authenticationResult()
                  .idToken())
          .isNotEmpty();
    }
  }

  @Test
  void password_isNeverKeptAsItIs(@org.junit.jupiter.api.io.TempDir java.nio.file.Path folder)
      throws Exception {
    try (TestCloud before = TestCloud.startIn(folder)) {
      Pools.byName(before).register("gil");
    }
    try (var files = java.nio.file.Files.list(folder)) {
      for (java.nio.file.Path file : files.filter(java.nio.file.Files::isRegularFile).toList()) {
        assertThat(new String(java.nio.file.Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .doesNotContain(PASSWORD);
      }
    }
  }
}
