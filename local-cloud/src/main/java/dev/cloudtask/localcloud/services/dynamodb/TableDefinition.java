package dev.cloudtask.localcloud.services.dynamodb;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A table without its items.
 *
 * @param types the types (S, N, B) of all key attributes by name, in the order declared
 * @param onDemandSince when it was last switched to on-demand, if it is or was
 */
record TableDefinition(
    String name,
    String id,
    Instant createdAt,
    Map<String, String> types,
    KeySchema key,
    boolean onDemand,
    @Nullable Instant onDemandSince,
    Throughput throughput,
    List<IndexDefinition> indexes,
    Settings settings,
    Map<String, String> tags) {

  /**
   * What can be set on a table.
   *
   * @param streamView what a stream shows, if it has one
   * @param streamLabel the stream's label, also after it was switched off
   * @param kmsKey the key of SSE with KMS, if chosen
   * @param tableClass STANDARD or STANDARD_INFREQUENT_ACCESS, if ever chosen
   * @param deletionProtection whether DeleteTable is refused
   * @param expiryAttribute the attribute of time to live, if enabled
   * @param recoverableSince since when point-in-time recovery is on, if it is
   * @param recoveryDays for how many days back
   */
  record Settings(
      @Nullable String streamView,
      @Nullable String streamLabel,
      @Nullable String kmsKey,
      @Nullable String tableClass,
      boolean deletionProtection,
      @Nullable String expiryAttribute,
      @Nullable Instant recoverableSince,
      int recoveryDays) {

    Settings withStream(@Nullable String view, @Nullable String label) {
      return new Settings(
          view,
          label,
          kmsKey,
          tableClass,
          deletionProtection,
          expiryAttribute,
          recoverableSince,
          recoveryDays);
    }

    Settings withKmsKey(@Nullable String key) {
      return new Settings(
          streamView,
          streamLabel,
          key,
          tableClass,
          deletionProtection,
          expiryAttribute,
          recoverableSince,
          recoveryDays);
    }

    Settings withTableClass(String chosen) {
      return new Settings(
          streamView,
          streamLabel,
          kmsKey,
          chosen,
          deletionProtection,
          expiryAttribute,
          recoverableSince,
          recoveryDays);
    }

    Settings withDeletionProtection(boolean on) {
      return new Settings(
          streamView,
          streamLabel,
          kmsKey,
          tableClass,
          on,
          expiryAttribute,
          recoverableSince,
          recoveryDays);
    }

    Settings withExpiryAttribute(@Nullable String attribute) {
      return new Settings(
          streamView,
          streamLabel,
          kmsKey,
          tableClass,
          deletionProtection,
          attribute,
          recoverableSince,
          recoveryDays);
    }

    Settings withRecovery(@Nullable Instant since, int days) {
      return new Settings(
          streamView,
          streamLabel,
          kmsKey,
          tableClass,
          deletionProtection,
          expiryAttribute,
          since,
          days);
    }
  }

  Optional<IndexDefinition> index(String indexName) {
    return indexes.stream().filter(index -> index.name().equals(indexName)).findFirst();
  }

  List<IndexDefinition> globalIndexes() {
    return indexes.stream().filter(IndexDefinition::global).toList();
  }

  List<IndexDefinition> localIndexes() {
    return indexes.stream().filter(index -> !index.global()).toList();
  }

  TableDefinition withSettings(Settings changed) {
    return new TableDefinition(
        name,
        id,
        createdAt,
        types,
        key,
        onDemand,
        onDemandSince,
        throughput,
        indexes,
        changed,
        tags);
  }

  TableDefinition withTags(Map<String, String> changed) {
    return new TableDefinition(
        name,
        id,
        createdAt,
        types,
        key,
        onDemand,
        onDemandSince,
        throughput,
        indexes,
        settings,
        Map.copyOf(changed));
  }

  TableDefinition withIndexes(Map<String, String> allTypes, List<IndexDefinition> changed) {
    return new TableDefinition(
        name,
        id,
        createdAt,
        allTypes,
        key,
        onDemand,
        onDemandSince,
        throughput,
        List.copyOf(changed),
        settings,
        tags);
  }

  TableDefinition withBilling(boolean demand, @Nullable Instant since, Throughput changed) {
    return new TableDefinition(
        name, id, createdAt, types, key, demand, since, changed, indexes, settings, tags);
  }
}
