package dev.cloudtask.localcloud.services.cloudfront;

import dev.cloudtask.localcloud.ports.LocalNames;
import dev.cloudtask.localcloud.protocol.restxml.XmlElement;
import dev.cloudtask.localcloud.services.cloudfront.DistributionStore.Distribution;
import dev.cloudtask.localcloud.services.cloudfront.DistributionStore.Invalidation;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is done to distributions, by the API and by templates alike. */
final class Distributions {
  private final DistributionStore store;
  private final DistributionCheck check;
  private final EdgeCache cache;
  private final LocalNames names;

  Distributions(
      DistributionStore store, DistributionCheck check, EdgeCache cache, LocalNames names) {
    this.store = store;
    this.check = check;
    this.cache = cache;
    this.names = names;
  }

  Distribution create(XmlElement document, Map<String, String> tags) {
    if (check.checked(document).callerReference().isEmpty()) {
      throw CloudFrontErrors.invalidArgument("The parameter CallerReference is required.");
    }
    Distribution distribution = store.add(document, tags);
    names.publish(distribution.domainName(), LocalNames.Kind.DISTRIBUTION);
    return distribution;
  }

  Distribution update(Distribution old, XmlElement document, Map<String, String> tags) {
    DistributionConfig config = check.checked(document);
    if (!config.callerReference().equals(store.config(old).callerReference())) {
      throw CloudFrontErrors.immutableReference();
    }
    return store.replace(old, document, tags);
  }

  void delete(Distribution distribution) {
    if (store.config(distribution).enabled()) {
      throw CloudFrontErrors.distributionNotDisabled();
    }
    remove(distribution);
  }

  /** Removes a distribution, enabled or not. */
  void remove(Distribution distribution) {
    store.remove(distribution);
    cache.removeIf(entry -> entry.distributionId().equals(distribution.id()));
    names.withdraw(distribution.domainName());
  }

  Invalidation invalidate(Distribution distribution, String reference, List<String> paths) {
    if (paths.isEmpty()) {
      throw CloudFrontErrors.invalidArgument("Your request contains an invalid number of paths.");
    }
    for (String path : paths) {
      int star = path.indexOf('*');
      if (!path.startsWith("/") || (star >= 0 && star != path.length() - 1)) {
        throw CloudFrontErrors.invalidArgument(
            "Your request contains one or more invalid invalidation paths.");
      }
    }
    Optional<Invalidation> before =
        store.invalidations(distribution.id()).stream()
            .filter(each -> each.callerReference().equals(reference))
            .findFirst();
    if (before.isPresent()) {
      if (!new HashSet<>(before.get().paths()).equals(new HashSet<>(paths))) {
        throw CloudFrontErrors.invalidationAlreadyExists();
      }
      return before.get(); // said twice, done once
    }
    String root = store.config(distribution).defaultRootObject();
    cache.removeIf(
        entry ->
            entry.distributionId().equals(distribution.id())
                && paths.stream()
                    .map(path -> path.equals("/") ? "/" + root : path)
                    .anyMatch(path -> covers(path, entry.path())));
    return store.invalidate(distribution.id(), reference, paths);
  }

  private static boolean covers(String pattern, String path) {
    return pattern.endsWith("*")
        ? path.startsWith(pattern.substring(0, pattern.length() - 1))
        : path.equals(pattern);
  }

  void republish() {
    store.all().forEach(each -> names.publish(each.domainName(), LocalNames.Kind.DISTRIBUTION));
  }
}
