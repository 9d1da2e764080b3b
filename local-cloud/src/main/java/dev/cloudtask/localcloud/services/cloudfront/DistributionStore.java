package dev.cloudtask.localcloud.services.cloudfront;

import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.protocol.restxml.XmlElement;
import dev.cloudtask.localcloud.store.Codec;
import dev.cloudtask.localcloud.store.StateMap;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The distributions of the cloud and their invalidations. */
final class DistributionStore {
  /**
   * A distribution.
   *
   * @param config its DistributionConfig as XML
   */
  record Distribution(
      String id,
      String etag,
      String arn,
      String domainName,
      Instant lastModified,
      String config,
      Map<String, String> tags) {
    XmlElement document() {
      return Policies.parsed(config);
    }
  }

  /** An invalidation: done as soon as it is asked for. */
  record Invalidation(String id, Instant createdAt, String callerReference, List<String> paths) {}

  private final CloudEnvironment environment;
  private final StateMap<String, Distribution> distributions;
  private final StateMap<String, Invalidation> invalidations;
  private final Map<String, DistributionConfig> parsed = new ConcurrentHashMap<>();

  DistributionStore(CloudEnvironment environment) {
    this.environment = environment;
    this.distributions =
        environment.store().map("cloudfront.distributions", Codec.json(Distribution.class));
    this.invalidations =
        environment.store().map("cloudfront.invalidations", Codec.json(Invalidation.class));
  }

  List<Distribution> all() {
    return distributions.values();
  }

  Optional<Distribution> find(String id) {
    return distributions.get(id);
  }

  Distribution get(String id) {
    return find(id).orElseThrow(CloudFrontErrors::noSuchDistribution);
  }

  Optional<Distribution> ofHost(String host) {
    return all().stream().filter(each -> each.domainName().equals(host)).findFirst();
  }

  /** Returns the settings of a distribution; read once per version. */
  DistributionConfig config(Distribution distribution) {
    return parsed.computeIfAbsent(
        distribution.id() + "/" + distribution.etag(),
        key -> DistributionConfig.from(distribution.document()));
  }

  Distribution add(XmlElement document, Map<String, String> tags) {
    DistributionConfig config = DistributionConfig.from(document);
    String id = "E" + environment.ids().upper(13);
    Distribution distribution =
        new Distribution(
            id,
            "E" + environment.ids().upper(13),
            "arn:aws:cloudfront::" + environment.accountId() + ":distribution/" + id,
            "d" + environment.ids().lower(13) + ".cloudfront.net",
            environment.clock().instant().truncatedTo(ChronoUnit.MILLIS),
            Xml.copy("DistributionConfig", document),
            tags);
    environment
        .store()
        .write(
            () -> {
              boolean used =
                  all().stream()
                      .anyMatch(
                          each -> config(each).callerReference().equals(config.callerReference()));
              if (used) {
                throw CloudFrontErrors.distributionAlreadyExists();
              }
              distributions.put(id, distribution);
            });
    return distribution;
  }

  /** Does something that reads and then writes, with no other writer in between. */
  <T> T atomically(Supplier<T> work) {
    return environment.store().write(work);
  }

  /** Gives a distribution other tags; it is no new version of it. */
  Distribution tag(Distribution old, Map<String, String> tags) {
    Distribution changed =
        new Distribution(
            old.id(),
            old.etag(),
            old.arn(),
            old.domainName(),
            old.lastModified(),
            old.config(),
            tags);
    environment.store().write(() -> distributions.put(old.id(), changed));
    return changed;
  }

  Distribution replace(Distribution old, XmlElement document, Map<String, String> tags) {
    Distribution changed =
        new Distribution(
            old.id(),
            "E" + environment.ids().upper(13),
            old.arn(),
            old.domainName(),
            environment.clock().instant().truncatedTo(ChronoUnit.MILLIS),
            Xml.copy("DistributionConfig", document),
            tags);
    environment.store().write(() -> distributions.put(old.id(), changed));
    parsed.remove(old.id() + "/" + old.etag());
    return changed;
  }

  void remove(Distribution distribution) {
    environment
        .store()
        .write(
            () -> {
              distributions.remove(distribution.id());
              invalidations(distribution.id())
                  .forEach(each -> invalidations.remove(distribution.id() + "/" + each.id()));
            });
    parsed.remove(distribution.id() + "/" + distribution.etag());
  }

  Invalidation invalidate(String distributionId, String callerReference, List<String> paths) {
    Invalidation invalidation =
        new Invalidation(
            "I" + environment.ids().upper(25),
            environment.clock().instant().truncatedTo(ChronoUnit.MILLIS),
            callerReference,
            paths);
    environment
        .store()
        .write(() -> invalidations.put(distributionId + "/" + invalidation.id(), invalidation));
    return invalidation;
  }

  List<Invalidation> invalidations(String distributionId) {
    return invalidations
        .ascending(distributionId + "/", distributionId + "0", Integer.MAX_VALUE)
        .stream()
        .map(Map.Entry::getValue)
        .sorted(java.util.Comparator.comparing(Invalidation::createdAt).reversed())
        .toList();
  }

  Optional<Invalidation> invalidation(String distributionId, String id) {
    return invalidations.get(distributionId + "/" + id);
  }
}
