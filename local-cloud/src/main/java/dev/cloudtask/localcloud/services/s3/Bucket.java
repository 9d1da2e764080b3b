package dev.cloudtask.localcloud.services.s3;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A bucket.
 *
 * @param name its name, unique in the cloud
 * @param accountId who owns it
 * @param region where it is
 * @param createdAt when it was made
 * @param settings its settings by {@link BucketSetting} name, as the documents S3 shows
 */
record Bucket(
    String name, String accountId, String region, Instant createdAt, Map<String, String> settings) {

  Bucket {
    settings = Map.copyOf(settings);
  }

  String arn() {
    return "arn:aws:s3:::" + name;
  }

  String objectArn(String key) {
    return arn() + "/" + key;
  }

  Optional<String> setting(BucketSetting setting) {
    return Optional.ofNullable(settings.get(setting.name()));
  }

  Bucket with(BucketSetting setting, String document) {
    Map<String, String> changed = new LinkedHashMap<>(settings);
    changed.put(setting.name(), document);
    return new Bucket(name, accountId, region, createdAt, changed);
  }

  Bucket without(BucketSetting setting) {
    Map<String, String> changed = new LinkedHashMap<>(settings);
    changed.remove(setting.name());
    return new Bucket(name, accountId, region, createdAt, changed);
  }

  Optional<String> policy() {
    return setting(BucketSetting.POLICY);
  }

  PublicAccessBlock publicAccessBlock() {
    return setting(BucketSetting.PUBLIC_ACCESS_BLOCK)
        .map(document -> PublicAccessBlock.from(SettingDocuments.stored(document)))
        .orElse(PublicAccessBlock.OFF);
  }

  Optional<WebsiteConfiguration> website() {
    return setting(BucketSetting.WEBSITE)
        .map(document -> WebsiteConfiguration.from(SettingDocuments.stored(document)));
  }

  Optional<CorsConfiguration> cors() {
    return setting(BucketSetting.CORS)
        .map(document -> CorsConfiguration.from(SettingDocuments.stored(document)));
  }

  Versioning versioning() {
    return setting(BucketSetting.VERSIONING)
        .flatMap(document -> SettingDocuments.stored(document).childText("Status"))
        .map(status -> status.equals("Enabled") ? Versioning.ENABLED : Versioning.SUSPENDED)
        .orElse(Versioning.NEVER);
  }

  /** Returns ObjectOwnership: BucketOwnerEnforced means that there are no ACLs. */
  String objectOwnership() {
    return setting(BucketSetting.OWNERSHIP_CONTROLS)
        .flatMap(document -> SettingDocuments.stored(document).at("Rule", "ObjectOwnership"))
        .map(element -> element.text())
        .orElse("ObjectWriter");
  }

  /** Returns the algorithm new objects are encrypted with: only shown, nothing here encrypts. */
  String defaultEncryption() {
    return setting(BucketSetting.ENCRYPTION)
        .flatMap(
            document ->
                SettingDocuments.stored(document)
                    .at("Rule", "ApplyServerSideEncryptionByDefault", "SSEAlgorithm"))
        .map(element -> element.text())
        .orElse("AES256");
  }

  /** Whether a bucket keeps versions. */
  enum Versioning {
    NEVER,
    ENABLED,
    SUSPENDED
  }
}
