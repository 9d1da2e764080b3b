package dev.cloudtask.localcloud.services.s3;

import dev.cloudtask.localcloud.http.HttpResponse;
import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.services.Operations;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The one table of S3's operations: which request is which operation, and what is refused by name.
 *
 * <p>S3 tells operations by method, by whether there is a bucket and a key, and by a marker: a
 * query parameter ({@code ?policy}) or, for copies, a header.
 */
final class S3Operations {
  /** What a request is about. */
  enum Level {
    SERVICE,
    BUCKET,
    OBJECT
  }

  /** Answers one operation. */
  @FunctionalInterface
  interface Handler {
    HttpResponse handle(S3Request request);
  }

  /**
   * One operation.
   *
   * @param markers query parameters, or headers beginning with {@code x-amz-}, that must all be
   *     there
   */
  record Operation(
      String name, String method, Level level, List<String> markers, Handler handler) {}

  /**
   * Query parameters that choose an operation; one that is not in the table is refused by its name.
   */
  private static final Set<String> SUBRESOURCES =
      Set.of(
          "abac",
          "accelerate",
          "acl",
          "analytics",
          "attributes",
          "cors",
          "delete",
          "encryption",
          "intelligent-tiering",
          "inventory",
          "legal-hold",
          "lifecycle",
          "location",
          "logging",
          "metadataConfiguration",
          "metadataInventoryTable",
          "metadataJournalTable",
          "metadataTable",
          "metrics",
          "notification",
          "object-lock",
          "ownershipControls",
          "policy",
          "policyStatus",
          "publicAccessBlock",
          "renameObject",
          "replication",
          "requestPayment",
          "restore",
          "retention",
          "select",
          "session",
          "tagging",
          "torrent",
          "uploadId",
          "uploads",
          "versioning",
          "versions",
          "website");

  /** Nobody removes objects when their time is up, and what lies on the disk is not encrypted. */
  private static final Set<String> STORED_ONLY =
      Set.of("PutBucketLifecycleConfiguration", "PutBucketEncryption");

  private final List<Operation> operations = new ArrayList<>();

  S3Operations add(String name, String method, Level level, Handler handler, String... markers) {
    operations.add(new Operation(name, method, level, List.of(markers), handler));
    return this;
  }

  /** Returns every operation that is emulated. */
  List<Operation> all() {
    return List.copyOf(operations);
  }

  /** Returns what becomes of each of S3's operations. */
  Operations summary() {
    return Operations.of(
        operations.stream().map(Operation::name).toList(), RefusedOperations.names(), STORED_ONLY);
  }

  static Level level(S3Request request) {
    if (request.bucketName().isEmpty()) {
      return Level.SERVICE;
    }
    return request.objectKey().isPresent() ? Level.OBJECT : Level.BUCKET;
  }

  /** Finds the operation of a request: the one with the most markers that are all there. */
  Operation find(S3Request request) {
    Level level = level(request);
    Operation best = null;
    for (Operation operation : operations) {
      if (operation.method().equals(request.method())
          && operation.level() == level
          && operation.markers().stream().allMatch(marker -> has(request, marker))
          && (best == null || operation.markers().size() > best.markers().size())) {
        best = operation;
      }
    }
    Optional<String> subresource =
        request.query().parameters().stream()
            .map(parameter -> parameter.name())
            .filter(SUBRESOURCES::contains)
            .findFirst();
    if (subresource.isPresent() && (best == null || !best.markers().contains(subresource.get()))) {
      throw refusal(level, request, subresource.get());
    }
    if (best == null) {
      throw S3Errors.methodNotAllowed(request.method(), level.name().toUpperCase(Locale.ROOT));
    }
    return best;
  }

  private AwsException refusal(Level level, S3Request request, String subresource) {
    String method = request.method();
    Optional<String> refused = RefusedOperations.find(level, request, subresource);
    if (refused.isPresent()) {
      return S3Errors.notEmulated("The operation " + refused.get());
    }
    return isKnownWithOtherMethod(level, subresource)
        ? S3Errors.methodNotAllowed(method, resourceType(subresource))
        : S3Errors.notEmulated(method + " ?" + subresource + " of a " + name(level));
  }

  private boolean isKnownWithOtherMethod(Level level, String marker) {
    return operations.stream()
        .anyMatch(operation -> operation.level() == level && operation.markers().contains(marker));
  }

  private static String resourceType(String subresource) {
    return subresource.toUpperCase(Locale.ROOT);
  }

  private static String name(Level level) {
    return level.name().toLowerCase(Locale.ROOT);
  }

  private static boolean has(S3Request request, String marker) {
    return marker.startsWith("x-amz-")
        ? request.header(marker).isPresent()
        : request.query().has(marker) || fixedValue(request, marker);
  }

  /** A marker {@code name=value} asks for that value. */
  private static boolean fixedValue(S3Request request, String marker) {
    int equals = marker.indexOf('=');
    return equals > 0
        && request
            .parameter(marker.substring(0, equals))
            .filter(marker.substring(equals + 1)::equals)
            .isPresent();
  }
}
