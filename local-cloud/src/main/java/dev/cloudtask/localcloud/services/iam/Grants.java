package dev.cloudtask.localcloud.services.iam;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a role or a user carries.
 *
 * @param inline its inline policies by name, as JSON texts
 * @param attached the ARNs of its managed policies, in the order they were attached
 * @param boundary the ARN of its permissions boundary
 * @param tags its tags
 */
record Grants(
    Map<String, String> inline,
    List<String> attached,
    @Nullable String boundary,
    Map<String, String> tags) {

  Grants {
    inline = Map.copyOf(inline);
    attached = List.copyOf(attached);
    tags = Map.copyOf(tags);
  }

  Map<String, String> sortedInline() {
    return new TreeMap<>(inline);
  }

  Grants withInline(String name, @Nullable String document) {
    Map<String, String> changed = new TreeMap<>(inline);
    if (document == null) {
      changed.remove(name);
    } else {
      changed.put(name, document);
    }
    return new Grants(changed, attached, boundary, tags);
  }

  Grants attach(String arn) {
    return attached.contains(arn) ? this : changeAttached(arn, true);
  }

  Grants detach(String arn) {
    return changeAttached(arn, false);
  }

  private Grants changeAttached(String arn, boolean add) {
    List<String> changed = new ArrayList<>(attached);
    if (add) {
      changed.add(arn);
    } else {
      changed.remove(arn);
    }
    return new Grants(inline, changed, boundary, tags);
  }

  Grants withBoundary(@Nullable String arn) {
    return new Grants(inline, attached, arn, tags);
  }

  Grants withTags(Map<String, String> changed) {
    return new Grants(inline, attached, boundary, changed);
  }
}
