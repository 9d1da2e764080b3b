package dev.cloudtask.localcloud.services.cloudfront;

/**
 * Path patterns of behaviors and invalidations: case-sensitive, {@code *} for any text, {@code ?}
 * for one.
 */
final class PathPatterns {
  private PathPatterns() {}

  static boolean matches(String pattern, String path) {
    String full = pattern.startsWith("/") || pattern.startsWith("*") ? pattern : "/" + pattern;
    return matches(full, 0, path, 0);
  }

  private static boolean matches(String pattern, int p, String text, int t) {
    int star = -1;
    int resume = 0;
    int i = p;
    int j = t;
    while (j < text.length()) {
      if (i < pattern.length() && pattern.charAt(i) == '*') {
        star = i++;
        resume = j;
      } else if (i < pattern.length()
          && (pattern.charAt(i) == '?' || pattern.charAt(i) == text.charAt(j))) {
        i++;
        j++;
      } else if (star >= 0) {
        i = star + 1;
        j = ++resume;
      } else {
        return false;
      }
    }
    while (i < pattern.length() && pattern.charAt(i) == '*') {
      i++;
    }
    return i == pattern.length();
  }
}
