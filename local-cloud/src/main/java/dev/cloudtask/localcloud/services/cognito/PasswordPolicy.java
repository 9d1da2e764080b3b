package dev.cloudtask.localcloud.services.cognito;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.environment.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * What a pool demands of a password.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html">
 *     Passwords, account recovery, and password policies</a>
 */
record PasswordPolicy(
    int minimumLength,
    boolean uppercase,
    boolean lowercase,
    boolean numbers,
    boolean symbols,
    int historySize,
    int temporaryDays) {

  private static final String SYMBOLS = "^$*.[]{}()?\"!@#%&/\\,><':;|_~`=+-";

  static PasswordPolicy of(JsonObject json) {
    return new PasswordPolicy(
        number(json, "MinimumLength", 8),
        flag(json, "RequireUppercase"),
        flag(json, "RequireLowercase"),
        flag(json, "RequireNumbers"),
        flag(json, "RequireSymbols"),
        number(json, "PasswordHistorySize", 0),
        number(json, "TemporaryPasswordValidityDays", 7));
  }

  private static boolean flag(JsonObject json, String name) {
    return Optional.ofNullable(json.get(name)).map(JsonElement::getAsBoolean).orElse(false);
  }

  private static int number(JsonObject json, String name, int otherwise) {
    return Optional.ofNullable(json.get(name)).map(JsonElement::getAsInt).orElse(otherwise);
  }

  /** Returns the first rule that a password breaks, in AWS's words and order. */
  Optional<String> brokenRule(String password) {
    if (password.length() < minimumLength) {
      return Optional.of("Password not long enough");
    }
    if (uppercase && !has(password, c -> c >= 'A' && c <= 'Z')) {
      return Optional.of("Password must have uppercase characters");
    }
    if (lowercase && !has(password, c -> c >= 'a' && c <= 'z')) {
      return Optional.of("Password must have lowercase characters");
    }
    if (numbers && !has(password, c -> c >= '0' && c <= '9')) {
      return Optional.of("Password must have numeric characters");
    }
    // A space counts, unless it leads or trails.
    if (symbols && !has(password.strip(), c -> c == ' ' || SYMBOLS.indexOf(c) >= 0)) {
      return Optional.of("Password must have symbol characters");
    }
    return Optional.empty();
  }

  /** Checks a new password; fails with the rule it breaks. */
  void check(String password) {
    brokenRule(password)
        .ifPresent(
            rule -> {
              throw CognitoErrors.badPassword(rule);
            });
  }

  /** Makes a temporary password that keeps every rule. */
  String generate(Ids ids) {
    List<String> pieces = new ArrayList<>(List.of("A", "a", "7", "!"));
    int more = Math.max(minimumLength, 8) - pieces.size();
    for (int i = 0; i < more; i++) {
      pieces.add(ids.mixed(1));
    }
    StringBuilder password = new StringBuilder();
    while (!pieces.isEmpty()) {
      int at = Math.floorMod(Byte.toUnsignedInt(ids.bytes(1)[0]), pieces.size());
      password.append(pieces.remove(at));
    }
    return password.toString();
  }

  private static boolean has(String text, IntPredicate test) {
    return text.chars().anyMatch(test);
  }
}
