package dev.cloudtask.localcloud.services.iam;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A managed policy as stored.
 *
 * @param id {@code ANPA…}
 * @param defaultVersion the version that counts, {@code v1}
 * @param versions oldest first
 * @param lastVersion the highest version number ever given
 */
record ManagedPolicy(
    String name,
    String path,
    String id,
    String arn,
    @Nullable String description,
    Instant createdAt,
    Instant updatedAt,
    String defaultVersion,
    List<Version> versions,
    int lastVersion,
    Map<String, String> tags) {

  /** One version of a policy's document. */
  record Version(String id, String document, Instant createdAt) {}

  ManagedPolicy {
    versions = List.copyOf(versions);
    tags = Map.copyOf(tags);
  }

  String document() {
    return version(defaultVersion).orElseThrow().document();
  }

  Optional<Version> version(String versionId) {
    return versions.stream().filter(each -> each.id().equals(versionId)).findFirst();
  }

  ManagedPolicy withVersion(String document, boolean makeDefault, Instant now) {
    Version added = new Version("v" + (lastVersion + 1), document, now);
    List<Version> changed = new ArrayList<>(versions);
    changed.add(added);
    return with(makeDefault ? added.id() : defaultVersion, changed, lastVersion + 1, now);
  }

  ManagedPolicy withoutVersion(String versionId, Instant now) {
    List<Version> changed = new ArrayList<>(versions);
    changed.removeIf(each -> each.id().equals(versionId));
    return with(defaultVersion, changed, lastVersion, now);
  }

  ManagedPolicy withDefault(String versionId, Instant now) {
    return with(versionId, versions, lastVersion, now);
  }

  ManagedPolicy withTags(Map<String, String> changed) {
    return new ManagedPolicy(
        name,
        path,
        id,
        arn,
        description,
        createdAt,
        updatedAt,
        defaultVersion,
        versions,
        lastVersion,
        changed);
  }

  private ManagedPolicy with(String newDefault, List<Version> list, int last, Instant now) {
    return new ManagedPolicy(
        name, path, id, arn, description, createdAt, now, newDefault, list, last, tags);
  }
}
