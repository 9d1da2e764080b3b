package dev.cloudtask.localcloud.services.cognito;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.ports.TokenVerifier;
import java.util.List;
import java.util.Optional;

/** Tells whose access token was sent, for the operations that users do to themselves. */
final class Bearer {
  /** A user who showed a good access token. */
  record Session(UserPool pool, UserPoolClient client, User user, JsonObject claims) {}

  private static final String SCOPE = "aws.cognito.signin.user.admin";

  private final CognitoStore store;
  private final TokenCheck tokens;

  Bearer(CognitoStore store, TokenCheck tokens) {
    this.store = store;
    this.tokens = tokens;
  }

  /**
   * Returns the session of an access token.
   *
   * @throws dev.cloudtask.localcloud.protocol.AwsException NotAuthorizedException
   */
  Session session(String accessToken, CognitoCall call) {
    List<UserPool> pools = store.pools();
    TokenVerifier.Result result = tokens.verifyAgainst(accessToken, pools);
    if (result instanceof TokenVerifier.Result.Expired) {
      throw CognitoErrors.expiredAccessToken();
    }
    if (!(result instanceof TokenVerifier.Result.Valid valid)) {
      call.span().decide(false, ((TokenVerifier.Result.Invalid) result).reason());
      throw CognitoErrors.invalidAccessToken();
    }
    JsonObject claims = valid.claims();
    if (TokenCheck.text(claims, "token_use").filter("access"::equals).isEmpty()) {
      call.span().decide(false, "it is an ID token; an access token is wanted");
      throw CognitoErrors.invalidAccessToken();
    }
    if (TokenCheck.text(claims, "scope").filter(scope -> scope.contains(SCOPE)).isEmpty()) {
      throw CognitoErrors.notAuthorized("Access Token does not have required scopes");
    }
    UserPool pool =
        pools.stream()
            .filter(one -> TokenCheck.text(claims, "iss").filter(one.issuer()::equals).isPresent())
            .findFirst()
            .orElseThrow(CognitoErrors::invalidAccessToken);
    UserPoolClient client =
        store
            .findClient(TokenCheck.text(claims, "client_id").orElse(""))
            .orElseThrow(CognitoErrors::invalidAccessToken);
    User user =
        store
            .byUsername(pool.id(), TokenCheck.text(claims, "username").orElse(""))
            .filter(one -> TokenCheck.text(claims, "sub").filter(one.sub()::equals).isPresent())
            .orElseThrow(CognitoErrors::noSuchUser);
    if (isRevoked(user, client, claims)) {
      throw CognitoErrors.revokedAccessToken();
    }
    if (!user.enabled()) {
      throw CognitoErrors.disabled();
    }
    return new Session(pool, client, user, claims);
  }

  private boolean isRevoked(User user, UserPoolClient client, JsonObject claims) {
    Optional<String> originJti = TokenCheck.text(claims, "origin_jti");
    if (originJti.isPresent()) {
      return store
          .signIn(user.poolId(), user.sub(), originJti.get())
          .map(SignIn::revoked)
          .orElse(true);
    }
    // Without token revocation, tokens do not say which sign-in they are of: told by its time.
    long authTime =
        Optional.ofNullable(claims.get("auth_time")).map(JsonElement::getAsLong).orElse(0L);
    return store.signIns(user).stream()
        .filter(signIn -> signIn.clientId().equals(client.id()))
        .filter(signIn -> signIn.at().getEpochSecond() == authTime)
        .anyMatch(SignIn::revoked);
  }

  /** Ends every sign-in of a user; inside a write. */
  void signOutEverywhere(User user) {
    for (SignIn signIn : store.signIns(user)) {
      store.put(signIn.end());
    }
  }
}
