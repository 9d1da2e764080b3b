package dev.cloudtask.localcloud.services.iam;

import dev.cloudtask.localcloud.iam.PolicyKind;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Inline policies, attachments, boundaries and tags of roles and users, which are alike. */
final class Holders {
  /** A role or a user. */
  enum Kind {
    ROLE("role", "Role", 10_240),
    USER("user", "User", 2_048);

    private final String word;
    private final String title;
    private final int inlineQuota;

    Kind(String word, String title, int inlineQuota) {
      this.word = word;
      this.title = title;
      this.inlineQuota = inlineQuota;
    }

    /** Returns {@code role} or {@code user}. */
    String word() {
      return word;
    }

    /** Returns {@code Role} or {@code User}, as operations' names have it. */
    String title() {
      return title;
    }
  }

  static final int ATTACHED_QUOTA = 10;

  private final IamStore store;

  Holders(IamStore store) {
    this.store = store;
  }

  /** Returns what a role or user carries. */
  Grants grants(Kind kind, String name) {
    return kind == Kind.ROLE ? role(name).grants() : user(name).grants();
  }

  /** Returns the ARN of a role or user; of one that is not there, the ARN it would have. */
  String arn(Kind kind, String name) {
    return kind == Kind.ROLE
        ? store.role(name).map(Role::arn).orElseGet(() -> store.arn("role/" + name))
        : store.user(name).map(User::arn).orElseGet(() -> store.arn("user/" + name));
  }

  /** Changes what a role or user carries. */
  void change(Kind kind, String name, UnaryOperator<Grants> change) {
    store.write(
        () -> {
          if (kind == Kind.ROLE) {
            Role role = role(name);
            return store.roles.put(role.name(), role.withGrants(change.apply(role.grants())));
          }
          User user = user(name);
          return store.users.put(user.name(), user.withGrants(change.apply(user.grants())));
        });
  }

  private Role role(String name) {
    return store.role(name).orElseThrow(() -> IamErrors.noSuchRole(name));
  }

  private User user(String name) {
    return store.user(name).orElseThrow(() -> IamErrors.noSuchUser(name));
  }

  /** Adds or replaces an inline policy. */
  void putInline(Kind kind, String name, String policyName, String document) {
    IamNames.name("policyName", policyName, 128);
    grants(kind, name);
    IamNames.document(document, PolicyKind.INLINE);
    change(
        kind,
        name,
        grants -> {
          Grants changed = grants.withInline(policyName, document);
          int size = changed.inline().values().stream().mapToInt(IamNames::size).sum();
          if (size > kind.inlineQuota) {
            throw IamErrors.limit(
                "Maximum policy size of "
                    + kind.inlineQuota
                    + " bytes exceeded for "
                    + kind.word
                    + " "
                    + name);
          }
          return changed;
        });
  }

  /** Removes an inline policy. */
  void deleteInline(Kind kind, String name, String policyName) {
    change(
        kind,
        name,
        grants -> {
          if (!grants.inline().containsKey(policyName)) {
            throw IamErrors.noSuchInlinePolicy(kind.word, policyName);
          }
          return grants.withInline(policyName, null);
        });
  }

  /** Attaches a managed policy; again changes nothing. */
  void attach(Kind kind, String name, String policyArn) {
    IamNames.policyArn(policyArn);
    grants(kind, name);
    store.demandAttachable(policyArn);
    change(
        kind,
        name,
        grants -> {
          Grants changed = grants.attach(policyArn);
          if (changed.attached().size() > ATTACHED_QUOTA) {
            throw IamErrors.limit(
                "Cannot exceed quota for PoliciesPer" + kind.title + ": " + ATTACHED_QUOTA);
          }
          return changed;
        });
  }

  /** Detaches a managed policy. */
  void detach(Kind kind, String name, String policyArn) {
    IamNames.policyArn(policyArn);
    change(
        kind,
        name,
        grants -> {
          if (!grants.attached().contains(policyArn)) {
            throw IamErrors.noSuchPolicy(policyArn);
          }
          return grants.detach(policyArn);
        });
  }

  /** Sets the permissions boundary, or removes it. */
  void setBoundary(Kind kind, String name, @Nullable String policyArn) {
    if (policyArn != null) {
      IamNames.policyArn(policyArn);
      store.demandAttachable(policyArn);
    }
    change(
        kind,
        name,
        grants -> {
          if (policyArn == null && grants.boundary() == null) {
            throw IamErrors.noBoundary(kind.title, name);
          }
          return grants.withBoundary(policyArn);
        });
  }

  /** Fails if a role or user still carries policies. */
  static void demandBare(Grants grants) {
    if (!grants.attached().isEmpty()) {
      throw IamErrors.deleteConflict("Cannot delete entity, must detach all policies first.");
    }
    if (!grants.inline().isEmpty()) {
      throw IamErrors.deleteConflict("Cannot delete entity, must delete policies first.");
    }
  }
}
