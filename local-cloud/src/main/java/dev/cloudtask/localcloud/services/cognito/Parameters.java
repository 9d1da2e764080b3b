package dev.cloudtask.localcloud.services.cognito;

import dev.cloudtask.localcloud.protocol.Constraints;
import dev.cloudtask.localcloud.protocol.awsjson.JsonInput;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The constraints of the service model on the members that many operations share.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SignUp.html">
 *     SignUp, request parameters</a>, for instance
 */
final class Parameters {
  private record Kind(int least, int most, String pattern, boolean sensitive) {}

  private static final String PRINTABLE = "[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+";

  private static final Map<String, Kind> KINDS =
      Map.ofEntries(
          Map.entry("ClientId", new Kind(1, 128, "[\\w+]+", true)),
          Map.entry("UserPoolId", new Kind(1, 55, "[\\w-]+_[0-9a-zA-Z]+", false)),
          Map.entry("Username", new Kind(1, 128, PRINTABLE, true)),
          Map.entry("Password", new Kind(0, 256, "^[\\S]+.*[\\S]+$", true)),
          Map.entry("PreviousPassword", new Kind(0, 256, "^[\\S]+.*[\\S]+$", true)),
          Map.entry("ProposedPassword", new Kind(0, 256, "^[\\S]+.*[\\S]+$", true)),
          Map.entry("TemporaryPassword", new Kind(0, 256, "^[\\S]+.*[\\S]+$", true)),
          Map.entry("ConfirmationCode", new Kind(1, 2048, "[\\S]+", false)),
          Map.entry("Code", new Kind(1, 2048, "[\\S]+", false)),
          Map.entry("SecretHash", new Kind(1, 128, "[\\w+=/]+", true)),
          Map.entry("AccessToken", new Kind(0, 131072, "[A-Za-z0-9-_=.]+", true)),
          Map.entry("RefreshToken", new Kind(0, 131072, "[A-Za-z0-9-_=.]+", true)),
          Map.entry("Token", new Kind(0, 131072, "[A-Za-z0-9-_=.]+", true)),
          Map.entry("Session", new Kind(20, 2048, "[\\s\\S]*", true)),
          Map.entry(
              "AttributeName",
              new Kind(1, 32, "[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\t\\n\\r ]+", false)),
          Map.entry("GroupName", new Kind(1, 128, PRINTABLE, false)),
          Map.entry("PoolName", new Kind(1, 128, "[\\w\\s+=,.@-]+", false)),
          Map.entry("ClientName", new Kind(1, 128, "[\\w\\s+=,.@-]+", false)),
          Map.entry("Domain", new Kind(1, 63, "^[a-z0-9](?:[a-z0-9\\-]{0,61}[a-z0-9])?$", false)));

  private Parameters() {}

  /** Checks every shared member that is given, and that the required ones are. */
  static void check(JsonInput input, String... required) {
    Constraints constraints = constraints();
    for (String name : required) {
      constraints.required(member(name), input.element(name));
    }
    KINDS.forEach(
        (name, kind) ->
            input
                .element(name)
                .ifPresent(element -> check(constraints, name, kind, JsonInput.asText(element))));
    constraints.check();
  }

  private static void check(Constraints constraints, String name, Kind kind, String text) {
    String member = member(name);
    if (!kind.sensitive()) {
      constraints
          .pattern(member, Optional.of(text), kind.pattern())
          .length(member, Optional.of(text), kind.least(), kind.most());
      return;
    }
    if (text.length() > kind.most()) {
      constraints.secretViolation(
          member, "Member must have length less than or equal to " + kind.most());
    }
    if (text.length() < kind.least()) {
      constraints.secretViolation(
          member, "Member must have length greater than or equal to " + kind.least());
    }
    if (!Pattern.compile(kind.pattern()).matcher(text).matches()) {
      constraints.secretViolation(
          member, "Member must satisfy regular expression pattern: " + kind.pattern());
    }
  }

  static Constraints constraints() {
    return new Constraints("InvalidParameterException");
  }

  /** Returns a member that {@link #check} has found to be there. */
  static String text(JsonInput input, String name) {
    return input.text(name).orElseThrow();
  }

  private static String member(String name) {
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }
}
