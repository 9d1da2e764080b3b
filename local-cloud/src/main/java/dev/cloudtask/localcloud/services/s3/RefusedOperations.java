package dev.cloudtask.localcloud.services.s3;

import dev.cloudtask.localcloud.services.s3.S3Operations.Level;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The operations of S3 that are refused by name: analytics, inventory, metrics, replication, object
 * lock, archives, directory buckets, and what would tell other services.
 */
final class RefusedOperations {
  /** Level, method, query parameter and name, one operation a line. */
  private static final String TABLE =
      """
      BUCKET POST metadataConfiguration CreateBucketMetadataConfiguration
      BUCKET POST metadataTable CreateBucketMetadataTableConfiguration
      BUCKET GET session CreateSession
      BUCKET DELETE analytics DeleteBucketAnalyticsConfiguration
      BUCKET DELETE intelligent-tiering DeleteBucketIntelligentTieringConfiguration
      BUCKET DELETE inventory DeleteBucketInventoryConfiguration
      BUCKET DELETE metadataConfiguration DeleteBucketMetadataConfiguration
      BUCKET DELETE metadataTable DeleteBucketMetadataTableConfiguration
      BUCKET DELETE metrics DeleteBucketMetricsConfiguration
      BUCKET DELETE replication DeleteBucketReplication
      BUCKET GET abac GetBucketAbac
      BUCKET GET analytics GetBucketAnalyticsConfiguration
      BUCKET GET intelligent-tiering GetBucketIntelligentTieringConfiguration
      BUCKET GET inventory GetBucketInventoryConfiguration
      BUCKET GET metadataConfiguration GetBucketMetadataConfiguration
      BUCKET GET metadataTable GetBucketMetadataTableConfiguration
      BUCKET GET metrics GetBucketMetricsConfiguration
      OBJECT GET legal-hold GetObjectLegalHold
      OBJECT GET retention GetObjectRetention
      OBJECT GET torrent GetObjectTorrent
      BUCKET GET analytics ListBucketAnalyticsConfigurations
      BUCKET GET intelligent-tiering ListBucketIntelligentTieringConfigurations
      BUCKET GET inventory ListBucketInventoryConfigurations
      BUCKET GET metrics ListBucketMetricsConfigurations
      BUCKET PUT abac PutBucketAbac
      BUCKET PUT accelerate PutBucketAccelerateConfiguration
      BUCKET PUT analytics PutBucketAnalyticsConfiguration
      BUCKET PUT intelligent-tiering PutBucketIntelligentTieringConfiguration
      BUCKET PUT inventory PutBucketInventoryConfiguration
      BUCKET PUT logging PutBucketLogging
      BUCKET PUT metrics PutBucketMetricsConfiguration
      BUCKET PUT notification PutBucketNotificationConfiguration
      BUCKET PUT replication PutBucketReplication
      BUCKET PUT requestPayment PutBucketRequestPayment
      OBJECT PUT legal-hold PutObjectLegalHold
      BUCKET PUT object-lock PutObjectLockConfiguration
      OBJECT PUT retention PutObjectRetention
      OBJECT PUT renameObject RenameObject
      OBJECT POST restore RestoreObject
      OBJECT POST select SelectObjectContent
      BUCKET PUT metadataInventoryTable UpdateBucketMetadataInventoryTableConfiguration
      BUCKET PUT metadataJournalTable UpdateBucketMetadataJournalTableConfiguration
      OBJECT PUT encryption UpdateObjectEncryption
      """;

  /** No request tells them from others: they live on hosts of their own. */
  private static final List<String> ELSEWHERE =
      List.of("ListDirectoryBuckets", "WriteGetObjectResponse");

  private static final List<List<String>> ROWS =
      TABLE.lines().map(line -> List.of(line.split(" "))).toList();

  private RefusedOperations() {}

  /** Returns the names. */
  static Set<String> names() {
    Set<String> names = new TreeSet<>(ELSEWHERE);
    ROWS.forEach(row -> names.add(row.get(3)));
    return names;
  }

  /** Finds the operation that a request asks for, if it is one of these. */
  static Optional<String> find(Level level, S3Request request, String subresource) {
    List<String> asked = List.of(level.name(), request.method(), subresource);
    List<String> names =
        ROWS.stream()
            .filter(row -> row.subList(0, 3).equals(asked))
            .map(row -> row.get(3))
            .toList();
    // One configuration of several is asked for by its id, without it they are listed.
    boolean list = names.size() > 1 && !request.query().has("id");
    return names.stream().filter(name -> !list || name.startsWith("List")).findFirst();
  }
}
