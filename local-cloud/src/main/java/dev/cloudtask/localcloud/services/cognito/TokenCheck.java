package dev.cloudtask.localcloud.services.cognito;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.RSAKey;
import dev.cloudtask.localcloud.ports.TokenVerifier;
import java.text.ParseException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Judges tokens as anybody can who has a pool's JWKS.
 *
 * <p>The algorithm is RS256, whatever the token says, and the key is one of the pools' own: neither
 * {@code none} nor an HMAC under the public key gets anywhere.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html">
 *     Verifying JSON web tokens</a>
 */
final class TokenCheck implements TokenVerifier {
  private final CognitoStore store;
  private final SigningKeys keys;
  private final Clock clock;

  TokenCheck(CognitoStore store, SigningKeys keys, Clock clock) {
    this.store = store;
    this.keys = keys;
    this.clock = clock;
  }

  @Override
  public Result verify(String token, Collection<String> userPoolArns) {
    List<UserPool> pools =
        userPoolArns.stream()
            .flatMap(arn -> store.findPool(arn.substring(arn.lastIndexOf('/') + 1)).stream())
            .filter(pool -> userPoolArns.contains(pool.arn()))
            .toList();
    return pools.isEmpty()
        ? new Result.Invalid("none of the user pools exists: " + String.join(", ", userPoolArns))
        : verifyAgainst(token, pools);
  }

  Result verifyAgainst(String token, List<UserPool> pools) {
    JWSObject parsed;
    JsonObject claims;
    try {
      parsed = JWSObject.parse(token);
      claims = JsonParser.parseString(parsed.getPayload().toString()).getAsJsonObject();
    } catch (ParseException | JsonParseException | IllegalStateException e) {
      return new Result.Invalid("it is no signed JSON Web Token: " + e.getMessage());
    }
    if (!JWSAlgorithm.RS256.equals(parsed.getHeader().getAlgorithm())) {
      return new Result.Invalid(
          "its algorithm is " + parsed.getHeader().getAlgorithm() + ", not RS256");
    }
    Optional<String> issuer = text(claims, "iss");
    Optional<UserPool> pool =
        pools.stream().filter(one -> issuer.filter(one.issuer()::equals).isPresent()).findFirst();
    if (pool.isEmpty()) {
      return new Result.Invalid(
          "its issuer is " + issuer.orElse("missing") + ", not " + issuers(pools));
    }
    String keyId = String.valueOf(parsed.getHeader().getKeyID());
    Optional<RSAKey> key = keys.find(pool.get().id()).flatMap(pair -> pair.find(keyId));
    if (key.isEmpty()) {
      return new Result.Invalid("the pool has no key with the id " + keyId);
    }
    try {
      if (!parsed.verify(new RSASSAVerifier(key.get().toRSAPublicKey()))) {
        return new Result.Invalid("its signature is wrong");
      }
    } catch (JOSEException e) {
      return new Result.Invalid("its signature cannot be checked: " + e.getMessage());
    }
    JsonElement expiry = claims.get("exp");
    if (expiry == null || !expiry.isJsonPrimitive()) {
      return new Result.Invalid("it has no expiry");
    }
    return clock.instant().getEpochSecond() >= expiry.getAsLong()
        ? new Result.Expired(claims)
        : new Result.Valid(claims);
  }

  private static String issuers(List<UserPool> pools) {
    return String.join(" or ", pools.stream().map(UserPool::issuer).toList());
  }

  static Optional<String> text(JsonObject claims, String name) {
    return Optional.ofNullable(claims.get(name))
        .filter(JsonElement::isJsonPrimitive)
        .map(JsonElement::getAsString);
  }
}
