package dev.cloudtask.localcloud.iam;

import java.util.Locale;

/**
 * Matching with {@code *} and {@code ?}.
 *
 * <p>A compiled pattern has two noncharacters of Unicode in place of the wildcards, so that a value
 * put in for a policy variable keeps its stars literally.
 */
final class Wildcards {
  static final char MANY = '\uFFFE';
  static final char ONE = '\uFFFF';

  private Wildcards() {}

  /** Returns a pattern in which stars and question marks are wildcards. */
  static String compile(String pattern) {
    return pattern.replace('*', MANY).replace('?', ONE);
  }

  /** Matches text against a pattern as written, ignoring case: actions. */
  static boolean matchesIgnoringCase(String pattern, String text) {
    return matches(compile(pattern.toLowerCase(Locale.ROOT)), text.toLowerCase(Locale.ROOT));
  }

  /** Matches text against a compiled pattern: greedy, backtracking only to the last star. */
  static boolean matches(String compiled, String text) {
    int p = 0;
    int t = 0;
    int star = -1;
    int resume = 0;
    while (t < text.length()) {
      char c = p < compiled.length() ? compiled.charAt(p) : 0;
      if (p < compiled.length() && c == MANY) {
        star = p++;
        resume = t;
      } else if (p < compiled.length() && (c == ONE || c == text.charAt(t))) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++resume;
      } else {
        return false;
      }
    }
    while (p < compiled.length() && compiled.charAt(p) == MANY) {
      p++;
    }
    return p == compiled.length();
  }
}
