package dev.cloudtask.localcloud.services.s3;

import dev.cloudtask.localcloud.iam.AccessRequest;
import dev.cloudtask.localcloud.iam.Caller;
import dev.cloudtask.localcloud.iam.Verdict;
import dev.cloudtask.localcloud.ports.Authorizer;
import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.trace.Span;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides whether a caller may do something to a bucket or an object: the caller's own policies,
 * the bucket policy, and Block Public Access, which takes a public bucket policy away from
 * strangers.
 */
final class Access {
  private final Authorizer authorizer;
  private final BucketStore buckets;
  private final PublicPolicies publicPolicies;

  Access(Authorizer authorizer, BucketStore buckets, PublicPolicies publicPolicies) {
    this.authorizer = authorizer;
    this.buckets = buckets;
    this.publicPolicies = publicPolicies;
  }

  /** Returns the request's bucket if the caller may do this to it. */
  Bucket bucket(S3Request request, String action) {
    Bucket bucket = open(request);
    require(request, bucket, action, bucket.arn());
    return bucket;
  }

  /** Returns the request's bucket if the caller may do this to the request's object. */
  Bucket object(S3Request request, String action) {
    Bucket bucket = open(request);
    require(request, bucket, action, bucket.objectArn(request.key()));
    return bucket;
  }

  /** Returns the request's bucket, which must exist and belong to whom the request says. */
  Bucket open(S3Request request) {
    Bucket bucket = buckets.get(request.bucket());
    Optional<String> expected = request.header("x-amz-expected-bucket-owner");
    if (expected.isPresent() && !expected.get().equals(bucket.accountId())) {
      throw S3Errors.accessDenied();
    }
    return bucket;
  }

  /** Refuses what the caller may not do. */
  void require(S3Request request, Bucket bucket, String action, String arn) {
    refusal(request, bucket, action, arn)
        .ifPresent(
            refused -> {
              throw refused;
            });
  }

  /** Returns S3's refusal if the caller may not do this. */
  Optional<AwsException> refusal(S3Request request, Bucket bucket, String action, String arn) {
    Verdict verdict =
        decide(
            request.caller(), Optional.of(bucket), action, arn, context(request), request.span());
    return verdict.allowed() ? Optional.empty() : Optional.of(refusal(request.caller(), verdict));
  }

  /** Refuses what the caller may not do at all, whatever the bucket. */
  void requireForAccount(S3Request request, String action, String arn) {
    Verdict verdict =
        decide(request.caller(), Optional.empty(), action, arn, context(request), request.span());
    if (!verdict.allowed()) {
      throw refusal(request.caller(), verdict);
    }
  }

  /** Refuses what the caller may not do, for a caller that sent no request of its own. */
  void require(Caller caller, Bucket bucket, String action, String arn, Span span) {
    Verdict verdict = decide(caller, Optional.of(bucket), action, arn, Map.of(), span);
    if (!verdict.allowed()) {
      throw refusal(caller, verdict);
    }
  }

  /** As {@link #require(Caller, Bucket, String, String, Span)}, where there is no bucket yet. */
  void require(Caller caller, String action, String arn, Span span) {
    Verdict verdict = decide(caller, Optional.empty(), action, arn, Map.of(), span);
    if (!verdict.allowed()) {
      throw refusal(caller, verdict);
    }
  }

  private Verdict decide(
      Caller caller,
      Optional<Bucket> bucket,
      String action,
      String arn,
      Map<String, List<String>> context,
      Span span) {
    Optional<String> policy = bucket.flatMap(Bucket::policy);
    if (bucket.isPresent()
        && policy.isPresent()
        && bucket.get().publicAccessBlock().restrictPublicBuckets()
        && isStranger(caller, bucket.get())
        && publicPolicies.isPublic(policy.get())) {
      span.note(
          "blockPublicAccess",
          "RestrictPublicBuckets keeps the public bucket policy from strangers");
      policy = Optional.empty(); // what it denies is denied to them without it as well
    }
    return authorizer.decide(new AccessRequest(caller, action, arn, context, policy), span);
  }

  private static boolean isStranger(Caller caller, Bucket bucket) {
    if (caller instanceof Caller.Anonymous) {
      return true;
    }
    return account(caller).filter(account -> !account.equals(bucket.accountId())).isPresent();
  }

  private static Optional<String> account(Caller caller) {
    if (caller instanceof Caller.Root root) {
      return Optional.of(root.accountId());
    }
    if (caller instanceof Caller.User user) {
      return Optional.of(user.accountId());
    }
    if (caller instanceof Caller.AssumedRole role) {
      return Optional.of(role.accountId());
    }
    return Optional.empty();
  }

  private static AwsException refusal(Caller caller, Verdict verdict) {
    return caller instanceof Caller.Anonymous || caller instanceof Caller.Service
        ? S3Errors.accessDenied()
        : S3Errors.accessDenied(verdict.messageQuoted());
  }

  /**
   * Returns the condition keys of a request.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html">
   *     Condition keys for Amazon S3</a>
   */
  private static Map<String, List<String>> context(S3Request request) {
    Map<String, List<String>> context = new LinkedHashMap<>();
    context.put(
        "aws:SecureTransport", List.of(Boolean.toString(request.http().connection().secure())));
    context.put("aws:SourceIp", List.of(request.http().connection().remoteAddress()));
    request.header("User-Agent").ifPresent(value -> context.put("aws:UserAgent", List.of(value)));
    request.header("Referer").ifPresent(value -> context.put("aws:Referer", List.of(value)));
    for (String name : List.of("prefix", "delimiter", "max-keys")) {
      request.parameter(name).ifPresent(value -> context.put("s3:" + name, List.of(value)));
    }
    request.parameter("versionId").ifPresent(value -> context.put("s3:VersionId", List.of(value)));
    for (String name :
        List.of(
            "x-amz-acl",
            "x-amz-copy-source",
            "x-amz-metadata-directive",
            "x-amz-server-side-encryption",
            "x-amz-storage-class",
            "x-amz-content-sha256")) {
      request.header(name).ifPresent(value -> context.put("s3:" + name, List.of(value)));
    }
    return context;
  }
}
