package dev.cloudtask.localcloud.cloudformation.specification;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One way in which properties are not what the specification asks for.
 *
 * @param path names and indices from the properties down
 * @param text what is wrong, as the registry's schema check words it: {@code extraneous key [Foo]
 *     is not permitted}
 * @param key the name that is wrong, or empty: the position is that of this name below the path
 * @param byService whether the service reports it, not CloudFormation
 * @param advice what to write instead; may be empty
 */
public record Violation(
    List<String> path, String text, String key, boolean byService, String advice) {

  /** Returns {@code #/A/0/B: text}, or for the service's own checks its whole sentence. */
  public String message() {
    if (byService) {
      return text;
    }
    return path.stream().map(step -> "/" + step).collect(Collectors.joining("", "#", ""))
        + ": "
        + text;
  }
}
