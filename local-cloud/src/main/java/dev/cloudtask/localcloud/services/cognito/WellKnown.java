package dev.cloudtask.localcloud.services.cognito;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.http.HttpRequest;
import dev.cloudtask.localcloud.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The two documents that everybody may read of a pool: its public keys, and where things are.
 *
 * @see <a href="https://openid.net/specs/openid-connect-discovery-1_0.html">OpenID Connect
 *     Discovery 1.0</a>
 */
final class WellKnown {
  private static final Pattern PATH =
      Pattern.compile("/([\\w-]+_[0-9a-zA-Z]+)/\\.well-known/(jwks\\.json|openid-configuration)");

  private final CognitoStore store;
  private final SigningKeys keys;

  WellKnown(CognitoStore store, SigningKeys keys) {
    this.store = store;
    this.keys = keys;
  }

  static boolean recognises(HttpRequest request) {
    return (request.method().equals("GET") || request.method().equals("HEAD"))
        && PATH.matcher(request.rawPath()).matches();
  }

  HttpResponse serve(HttpRequest request) {
    Matcher path = PATH.matcher(request.rawPath());
    if (!path.matches()) {
      throw new IllegalStateException("asked for what was not recognised");
    }
    Optional<UserPool> pool = store.findPool(path.group(1));
    if (pool.isEmpty()) {
      JsonObject body = new JsonObject();
      body.addProperty("message", "User pool " + path.group(1) + " does not exist.");
      return HttpResponse.of(404, "application/json", body.toString());
    }
    String body =
        path.group(2).equals("jwks.json")
            ? keys.published(pool.get().id())
            : configuration(pool.get()).toString();
    return HttpResponse.of(200, "application/json", body)
        .with("Cache-Control", "public, max-age=86400");
  }

  private JsonObject configuration(UserPool pool) {
    String host =
        store.domains(pool.id()).stream()
            .findFirst()
            .map(domain -> domain + ".auth." + pool.region() + ".amazoncognito.com")
            .orElse(
                pool.shortId().toLowerCase(java.util.Locale.ROOT)
                    + ".auth."
                    + pool.region()
                    + ".amazoncognito.com");
    JsonObject json = new JsonObject();
    json.addProperty("authorization_endpoint", "https://" + host + "/oauth2/authorize");
    json.add("id_token_signing_alg_values_supported", array("RS256"));
    json.addProperty("issuer", pool.issuer());
    json.addProperty("jwks_uri", pool.issuer() + "/.well-known/jwks.json");
    json.add("response_types_supported", array("code", "token"));
    json.add("scopes_supported", array("openid", "email", "phone", "profile"));
    json.add("subject_types_supported", array("public"));
    json.addProperty("token_endpoint", "https://" + host + "/oauth2/token");
    json.add(
        "token_endpoint_auth_methods_supported",
        array("client_secret_basic", "client_secret_post"));
    json.addProperty("userinfo_endpoint", "https://" + host + "/oauth2/userInfo");
    return json;
  }

  private static JsonArray array(String... values) {
    JsonArray array = new JsonArray();
    List.of(values).forEach(array::add);
    return array;
  }
}
