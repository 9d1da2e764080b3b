package dev.cloudtask.localcloud.services.iam;

import dev.cloudtask.localcloud.iam.MalformedPolicyException;
import dev.cloudtask.localcloud.iam.PolicyDocument;
import dev.cloudtask.localcloud.iam.PolicyKind;
import dev.cloudtask.localcloud.protocol.Constraints;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What IAM demands of names, paths, ARNs, tags and documents. */
final class IamNames {
  private static final Pattern NAME = Pattern.compile("[\\w+=,.@-]+");
  private static final Pattern PATH = Pattern.compile("/|(/[\\x21-\\x2E\\x30-\\x7E/]+/)");
  private static final Pattern ARN = Pattern.compile("arn:aws[a-z-]*:iam::(aws|\\d{12}):.+");
  private static final int MAX_TAGS = 50;

  private IamNames() {}

  /** Checks a name; {@code member} is what messages call it, {@code roleName}. */
  static void name(String member, String name, int longest) {
    new Constraints("ValidationError").length(member, Optional.of(name), 1, longest).check();
    if (!NAME.matcher(name).matches()) {
      throw IamErrors.validation(
          "The specified value for "
              + member
              + " is invalid. It must contain only alphanumeric characters and/or the following:"
              + " +=,.@_-");
    }
  }

  static void path(String path) {
    if (path.length() > 512 || !PATH.matcher(path).matches()) {
      throw IamErrors.validation(
          "The specified value for path is invalid. It must begin and end with / and contain only"
              + " alphanumeric characters and/or / characters.");
    }
  }

  /** Checks a policy's ARN. */
  static void policyArn(String arn) {
    if (!arn.contains(":")) {
      throw IamErrors.badArn();
    }
    if (!ARN.matcher(arn).matches() || !arn.contains(":policy/")) {
      throw IamErrors.badArn(arn);
    }
  }

  static void maxSession(int seconds) {
    new Constraints("ValidationError")
        .range("maxSessionDuration", Optional.of(seconds), 3600, 43200)
        .check();
  }

  static void tags(Map<String, String> tags) {
    if (tags.size() > MAX_TAGS) {
      throw IamErrors.limit("The number of tags has reached the maximum limit.");
    }
    tags.forEach(
        (key, value) -> {
          new Constraints("ValidationError")
              .length("tags.1.member.key", Optional.of(key), 1, 128)
              .length("tags.1.member.value", Optional.of(value), 0, 256)
              .check();
          if (key.toLowerCase(java.util.Locale.ROOT).startsWith("aws:")) {
            throw new dev.cloudtask.localcloud.protocol.AwsException(
                "InvalidInput", 400, "Tag keys beginning with \"aws:\" are reserved for AWS use");
          }
        });
  }

  /** Checks a policy document. */
  static void document(String text, PolicyKind kind) {
    try {
      PolicyDocument.parse(text, kind);
    } catch (MalformedPolicyException e) {
      throw IamErrors.malformed(e);
    }
  }

  /** Returns a document's size as quotas count it: without white space, in characters. */
  static int size(String document) {
    return (int) document.chars().filter(c -> !Character.isWhitespace(c)).count();
  }
}
