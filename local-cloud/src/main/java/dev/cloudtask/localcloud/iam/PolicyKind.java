package dev.cloudtask.localcloud.iam;

/** What a policy is attached to; its grammar and the words in which it is refused depend on it. */
public enum PolicyKind {
  /** A managed policy: must be of version 2012-10-17, names no principal. */
  MANAGED,
  /** An inline policy of a user or role: names no principal. */
  INLINE,
  /** A role's trust policy: names principals, and no resources. */
  TRUST,
  /** The policy of a resource, such as a bucket: names principals. */
  RESOURCE;

  boolean isIdentity() {
    return this == MANAGED || this == INLINE;
  }
}
