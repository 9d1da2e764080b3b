package dev.cloudtask.localcloud.services.cognito;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.protocol.awsjson.JsonInput;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What refresh tokens are for and how they end: GetTokensFromRefreshToken, RevokeToken. */
final class RefreshOperations {
  private final CognitoStore store;
  private final TokenIssuer tokens;

  RefreshOperations(CognitoStore store, TokenIssuer tokens) {
    this.store = store;
    this.tokens = tokens;
  }

  /** The flow REFRESH_TOKEN_AUTH of InitiateAuth. */
  JsonObject byFlow(UserPoolClient client, Map<String, String> given, CognitoCall call) {
    String token = Challenges.parameter(given, "REFRESH_TOKEN");
    SignIn signIn = signIn(client, token, call.at());
    // Clients that never learn the generated user name sign with the name they know.
    if (client.secret() != null) {
      checkSecretHash(client, signIn, Optional.ofNullable(given.get("SECRET_HASH")));
    }
    return answer(client, signIn, token, call);
  }

  private void checkSecretHash(UserPoolClient client, SignIn signIn, Optional<String> hash) {
    try {
      client.checkSecretHash(signIn.username(), hash);
    } catch (AwsException e) {
      client.checkSecretHash(signIn.sub(), hash);
    }
  }

  JsonObject getTokens(JsonInput input, CognitoCall call) {
    Parameters.check(input, "RefreshToken", "ClientId");
    UserPoolClient client = store.client(Parameters.text(input, "ClientId"));
    if (client.secret() != null
        && input.text("ClientSecret").filter(client.secret()::equals).isEmpty()) {
      throw CognitoErrors.notAuthorized("Unable to verify client secret for client " + client.id());
    }
    String token = Parameters.text(input, "RefreshToken");
    JsonObject answer = answer(client, signIn(client, token, call.at()), token, call);
    answer.remove("ChallengeParameters");
    return answer;
  }

  private SignIn signIn(UserPoolClient client, String token, Instant now) {
    RefreshToken kept =
        store.refreshToken(TokenIssuer.hash(token)).orElseThrow(CognitoErrors::invalidRefreshToken);
    SignIn signIn =
        store
            .signIn(kept.poolId(), kept.sub(), kept.originJti())
            .filter(one -> one.clientId().equals(client.id()))
            .orElseThrow(CognitoErrors::invalidRefreshToken);
    Instant worksUntil = kept.worksUntil();
    if (signIn.revoked() || (worksUntil != null && now.isAfter(worksUntil))) {
      throw CognitoErrors.revokedRefreshToken();
    }
    if (!now.isBefore(kept.expiresAt())) {
      throw CognitoErrors.expiredRefreshToken();
    }
    return signIn;
  }

  private JsonObject answer(UserPoolClient client, SignIn signIn, String token, CognitoCall call) {
    UserPool pool = store.pool(signIn.poolId());
    User user =
        store
            .byUsername(pool.id(), signIn.username())
            .orElseThrow(CognitoErrors::invalidRefreshToken);
    if (!user.enabled()) {
      throw CognitoErrors.disabled();
    }
    JsonObject answer = new JsonObject();
    answer.add("ChallengeParameters", new JsonObject());
    answer.add(
        "AuthenticationResult", tokens.refresh(pool, client, user, signIn, token, call.at()));
    return answer;
  }

  JsonObject revoke(JsonInput input, CognitoCall call) {
    Parameters.check(input, "Token", "ClientId");
    UserPoolClient client =
        store
            .findClient(Parameters.text(input, "ClientId"))
            .orElseThrow(() -> unauthorized("Invalid client id"));
    if (client.secret() != null
        && input.text("ClientSecret").filter(client.secret()::equals).isEmpty()) {
      throw unauthorized("Invalid client secret");
    }
    if (!client.canRevoke()) {
      throw new AwsException(
          "UnsupportedOperationException", 400, "Revocation is not enabled for this client");
    }
    String token = Parameters.text(input, "Token");
    if (token.chars().filter(c -> c == '.').count() == 2) {
      throw new AwsException(
          "UnsupportedTokenTypeException", 400, "The token is not a refresh token");
    }
    // A token that is not known is as revoked as can be (RFC 7009, section 2.2).
    store.write(
        () ->
            store
                .refreshToken(TokenIssuer.hash(token))
                .flatMap(kept -> store.signIn(kept.poolId(), kept.sub(), kept.originJti()))
                .ifPresent(
                    signIn -> {
                      if (!signIn.clientId().equals(client.id())) {
                        throw unauthorized("Token does not belong to this client");
                      }
                      store.put(signIn.end());
                      call.span().note("revoked", signIn.originJti());
                    }));
    return new JsonObject();
  }

  private static AwsException unauthorized(String message) {
    return new AwsException("UnauthorizedException", 400, message);
  }
}
