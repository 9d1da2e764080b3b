package dev.cloudtask.localcloud.services.iam;

import dev.cloudtask.localcloud.iam.PolicyKind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes, changes and removes the customer's managed policies. */
final class ManagedPolicies {
  static final int SIZE_QUOTA = 6_144;
  static final int VERSIONS = 5;

  private final IamStore store;

  ManagedPolicies(IamStore store) {
    this.store = store;
  }

  ManagedPolicy create(
      String name,
      String path,
      String document,
      @Nullable String description,
      Map<String, String> tags) {
    IamNames.name("policyName", name, 128);
    IamNames.path(path);
    IamNames.tags(tags);
    checkDocument(document);
    String arn = store.arn("policy" + path + name);
    return store.write(
        () -> {
          boolean taken =
              store.policies.values().stream().anyMatch(each -> each.name().equals(name));
          if (taken) {
            throw IamErrors.policyExists(name);
          }
          Instant now = now();
          ManagedPolicy policy =
              new ManagedPolicy(
                  name,
                  path,
                  store.id("ANPA"),
                  arn,
                  description,
                  now,
                  now,
                  "v1",
                  List.of(new ManagedPolicy.Version("v1", document, now)),
                  1,
                  tags);
          store.policies.put(arn, policy);
          return policy;
        });
  }

  ManagedPolicy get(String arn) {
    IamNames.policyArn(arn);
    return store.policy(arn).orElseThrow(() -> IamErrors.noSuchPolicy(arn));
  }

  ManagedPolicy.Version version(String arn, String versionId) {
    return get(arn).version(versionId).orElseThrow(() -> IamErrors.noSuchVersion(arn, versionId));
  }

  /** Returns how many roles and users a policy is attached to. */
  int attachments(String arn) {
    return (int) store.grants().stream().filter(each -> each.attached().contains(arn)).count();
  }

  /** Returns how many roles and users have a policy as their permissions boundary. */
  int boundaryUses(String arn) {
    return (int) store.grants().stream().filter(each -> arn.equals(each.boundary())).count();
  }

  ManagedPolicy.Version addVersion(String arn, String document, boolean makeDefault) {
    checkDocument(document);
    ManagedPolicy changed =
        change(
            arn,
            policy -> {
              if (policy.versions().size() >= VERSIONS) {
                throw IamErrors.limit(
                    "A managed policy can have up to "
                        + VERSIONS
                        + " versions. Before you create a new version, you must delete an existing"
                        + " version.");
              }
              return policy.withVersion(document, makeDefault, now());
            });
    return changed.versions().get(changed.versions().size() - 1);
  }

  void deleteVersion(String arn, String versionId) {
    change(
        arn,
        policy -> {
          version(arn, versionId);
          if (policy.defaultVersion().equals(versionId)) {
            throw IamErrors.deleteConflict("Cannot delete the default version of a policy.");
          }
          return policy.withoutVersion(versionId, now());
        });
  }

  void setDefault(String arn, String versionId) {
    change(
        arn,
        policy -> {
          version(arn, versionId);
          return policy.withDefault(versionId, now());
        });
  }

  void setTags(String arn, Map<String, String> tags) {
    IamNames.tags(tags);
    change(arn, policy -> policy.withTags(tags));
  }

  void delete(String arn) {
    store.write(
        () -> {
          ManagedPolicy policy = own(arn);
          if (attachments(arn) + boundaryUses(arn) > 0) {
            throw IamErrors.deleteConflict("Cannot delete a policy attached to entities.");
          }
          if (policy.versions().size() > 1) {
            throw IamErrors.deleteConflict(
                "This policy has more than one version. Before you delete a policy, you must"
                    + " delete the policy's versions. The default version is deleted with the"
                    + " policy.");
          }
          return store.policies.remove(arn);
        });
  }

  private ManagedPolicy change(String arn, UnaryOperator<ManagedPolicy> change) {
    return store.write(
        () -> {
          ManagedPolicy changed = change.apply(own(arn));
          store.policies.put(arn, changed);
          return changed;
        });
  }

  /** Returns a policy that may be changed: none of AWS's own. */
  private ManagedPolicy own(String arn) {
    ManagedPolicy policy = get(arn);
    if (arn.startsWith(AwsManagedPolicies.PREFIX)) {
      throw IamErrors.unmodifiable(arn);
    }
    return policy;
  }

  private static void checkDocument(String document) {
    IamNames.document(document, PolicyKind.MANAGED);
    if (IamNames.size(document) > SIZE_QUOTA) {
      throw IamErrors.limit("Cannot exceed quota for PolicySize: " + SIZE_QUOTA);
    }
  }

  private Instant now() {
    return store.environment().clock().instant().truncatedTo(ChronoUnit.SECONDS);
  }
}
