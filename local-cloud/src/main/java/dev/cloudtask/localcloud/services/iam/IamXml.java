package dev.cloudtask.localcloud.services.iam;

import dev.cloudtask.localcloud.http.PercentEncoding;
import dev.cloudtask.localcloud.protocol.awsquery.QueryResult;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Writes IAM's structures. Policy documents go out percent-encoded (RFC 3986), as IAM sends them.
 */
final class IamXml {
  private IamXml() {}

  static String document(String json) {
    return PercentEncoding.encode(json);
  }

  /** Writes a role as lists have it: without boundary, tags and last use. */
  static void listedRole(QueryResult out, Role role) {
    out.text("Path", role.path())
        .text("RoleName", role.name())
        .text("RoleId", role.id())
        .text("Arn", role.arn())
        .time("CreateDate", role.createdAt())
        .text("AssumeRolePolicyDocument", document(role.trust()))
        .text("Description", Optional.ofNullable(role.description()))
        .text("MaxSessionDuration", role.maxSessionSeconds());
  }

  static void role(QueryResult out, Role role) {
    listedRole(out, role);
    boundary(out, role.grants());
    tags(out, role.grants().tags());
    out.structure("RoleLastUsed", none -> {});
  }

  static void listedUser(QueryResult out, User user) {
    out.text("Path", user.path())
        .text("UserName", user.name())
        .text("UserId", user.id())
        .text("Arn", user.arn())
        .time("CreateDate", user.createdAt());
  }

  static void user(QueryResult out, User user) {
    listedUser(out, user);
    boundary(out, user.grants());
    tags(out, user.grants().tags());
  }

  static void policy(QueryResult out, ManagedPolicy policy, int attachments, int boundaryUses) {
    out.text("PolicyName", policy.name())
        .text("PolicyId", policy.id())
        .text("Arn", policy.arn())
        .text("Path", policy.path())
        .text("DefaultVersionId", policy.defaultVersion())
        .text("AttachmentCount", attachments)
        .text("PermissionsBoundaryUsageCount", boundaryUses)
        .text("IsAttachable", true)
        .text("Description", Optional.ofNullable(policy.description()))
        .time("CreateDate", policy.createdAt())
        .time("UpdateDate", policy.updatedAt());
  }

  static void version(QueryResult out, ManagedPolicy policy, ManagedPolicy.Version version) {
    out.text("VersionId", version.id())
        .text("IsDefaultVersion", version.id().equals(policy.defaultVersion()))
        .time("CreateDate", version.createdAt());
  }

  static void attached(QueryResult out, String policyArn) {
    out.text("PolicyName", policyArn.substring(policyArn.lastIndexOf('/') + 1))
        .text("PolicyArn", policyArn);
  }

  static void tags(QueryResult out, Map<String, String> tags) {
    if (!tags.isEmpty()) {
      out.keyValues("Tags", new TreeMap<>(tags));
    }
  }

  private static void boundary(QueryResult out, Grants grants) {
    String boundary = grants.boundary();
    if (boundary != null) {
      out.structure(
          "PermissionsBoundary",
          inner ->
              inner
                  .text("PermissionsBoundaryType", "Policy")
                  .text("PermissionsBoundaryArn", boundary));
    }
  }
}
