package dev.cloudtask.localcloud.services.cognito;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.protocol.NotEmulated;
import dev.cloudtask.localcloud.protocol.awsjson.JsonInput;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What users do to themselves, with an access token. */
final class SelfOperations {
  private static final int REQUESTS_PER_HOUR = 5;
  private static final int VERIFICATIONS_PER_HOUR = 15;

  private final CognitoStore store;
  private final Bearer bearer;
  private final AttributeChanges changes;
  private final Codes codes;
  private final Accounts accounts;

  SelfOperations(
      CognitoStore store, Bearer bearer, AttributeChanges changes, Codes codes, Accounts accounts) {
    this.store = store;
    this.bearer = bearer;
    this.changes = changes;
    this.codes = codes;
    this.accounts = accounts;
  }

  private Bearer.Session session(JsonInput input, CognitoCall call) {
    Parameters.check(input, "AccessToken");
    return bearer.session(Parameters.text(input, "AccessToken"), call);
  }

  JsonObject get(JsonInput input, CognitoCall call) {
    Bearer.Session session = session(input, call);
    JsonArray visible = new JsonArray();
    for (var attribute : Accounts.toJson(session.user())) {
      String name = attribute.getAsJsonObject().get("Name").getAsString();
      if (name.equals("sub") || session.client().mayRead(name)) {
        visible.add(attribute);
      }
    }
    JsonObject answer = new JsonObject();
    answer.addProperty("Username", session.user().username());
    answer.add("UserAttributes", visible);
    return answer;
  }

  JsonObject delete(JsonInput input, CognitoCall call) {
    Bearer.Session session = session(input, call);
    store.write(() -> store.remove(session.pool(), session.user()));
    return new JsonObject();
  }

  JsonObject globalSignOut(JsonInput input, CognitoCall call) {
    Bearer.Session session = session(input, call);
    store.write(() -> bearer.signOutEverywhere(session.user()));
    return new JsonObject();
  }

  JsonObject updateAttributes(JsonInput input, CognitoCall call) {
    Parameters.check(input, "AccessToken", "UserAttributes");
    Bearer.Session session = session(input, call);
    Map<String, String> given = Accounts.attributes(input, "UserAttributes");
    if (given.keySet().stream()
        .anyMatch(name -> session.pool().schema().has(name) && !session.client().mayWrite(name))) {
      throw CognitoErrors.unauthorizedAttribute();
    }
    JsonArray deliveries =
        store.write(() -> changes.apply(session.pool(), session.user(), given, false, call.at()));
    JsonObject answer = new JsonObject();
    answer.add("CodeDeliveryDetailsList", deliveries);
    return answer;
  }

  JsonObject deleteAttributes(JsonInput input, CognitoCall call) {
    Parameters.check(input, "AccessToken", "UserAttributeNames");
    Bearer.Session session = session(input, call);
    List<String> given = input.texts("UserAttributeNames").orElseThrow();
    if (given.stream().anyMatch(name -> !session.client().mayWrite(name))) {
      throw CognitoErrors.unauthorizedAttribute();
    }
    store.write(() -> changes.delete(session.pool(), session.user(), given, call.at()));
    return new JsonObject();
  }

  JsonObject sendVerificationCode(JsonInput input, CognitoCall call) {
    Parameters.check(input, "AccessToken", "AttributeName");
    Bearer.Session session = session(input, call);
    checkEmail(input, "GetUserAttributeVerificationCode");
    User user = session.user();
    if (!user.attributes().containsKey("email")) {
      throw CognitoErrors.invalid("User does not have an email attribute."); // own words
    }
    codes.count(user, "GetUserAttributeVerificationCode", REQUESTS_PER_HOUR, call.at());
    JsonObject answer = new JsonObject();
    store.write(
        () -> {
          String pending =
              store
                  .code(user, Code.Purpose.EMAIL)
                  .filter(code -> call.at().isBefore(code.expiresAt()))
                  .map(Code::value)
                  .orElse(null);
          answer.add(
              "CodeDeliveryDetails",
              codes.send(session.pool(), user, Code.Purpose.EMAIL, pending, call.at()));
        });
    return answer;
  }

  JsonObject verifyAttribute(JsonInput input, CognitoCall call) {
    Parameters.check(input, "AccessToken", "AttributeName", "Code");
    Bearer.Session session = session(input, call);
    checkEmail(input, "VerifyUserAttribute");
    codes.count(session.user(), "VerifyUserAttribute", VERIFICATIONS_PER_HOUR, call.at());
    store.write(
        () -> {
          User user =
              store
                  .byUsername(session.pool().id(), session.user().username())
                  .orElseThrow(CognitoErrors::noSuchUser);
          Code code =
              codes.check(user, Code.Purpose.EMAIL, Parameters.text(input, "Code"), call.at());
          Map<String, String> attributes = new LinkedHashMap<>(user.attributes());
          String pending = code.value();
          if (pending != null) {
            attributes.put("email", pending);
          }
          attributes.put("email_verified", "true");
          User verified = user.withAttributes(attributes, call.at());
          changes.checkSignInNames(session.pool(), verified);
          accounts.claimAliases(session.pool(), verified, false, call.at());
          store.put(session.pool(), verified);
          store.removeCode(user, Code.Purpose.EMAIL);
        });
    return new JsonObject();
  }

  private static void checkEmail(JsonInput input, String operation) {
    String name = Parameters.text(input, "AttributeName");
    if (name.equals("phone_number")) {
      throw NotEmulated.parameter(
          "cognito-idp", operation, "AttributeName phone_number", "Verify an e-mail address.");
    }
    if (!name.equals("email")) {
      throw CognitoErrors.invalid("Invalid attribute name: " + name);
    }
  }
}
