package dev.cloudtask.localcloud.services.cloudfront;

import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.protocol.restxml.XmlDocument;
import dev.cloudtask.localcloud.protocol.restxml.XmlDocument.MalformedXmlException;
import dev.cloudtask.localcloud.protocol.restxml.XmlElement;
import dev.cloudtask.localcloud.store.Codec;
import dev.cloudtask.localcloud.store.StateMap;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Cache, origin request and response headers policies and origin access controls: AWS's and one's
 * own.
 */
final class Policies {
  /**
   * A policy.
   *
   * @param kind a {@link PolicyKind} name
   * @param config its configuration as XML
   * @param managed whether it is AWS's own
   */
  record Policy(
      String kind, String id, String etag, Instant lastModified, String config, boolean managed) {
    XmlElement document() {
      return parsed(config);
    }

    String name() {
      return document().childText("Name").orElse("");
    }
  }

  private final CloudEnvironment environment;
  private final StateMap<String, Policy> own;
  private final Map<PolicyKind, Map<String, Policy>> managed = new EnumMap<>(PolicyKind.class);

  Policies(CloudEnvironment environment) {
    this.environment = environment;
    this.own = environment.store().map("cloudfront.policies", Codec.json(Policy.class));
    for (PolicyKind kind : PolicyKind.values()) {
      Map<String, Policy> policies = new java.util.LinkedHashMap<>();
      ManagedPolicies.of(kind)
          .forEach(
              (id, config) ->
                  policies.put(
                      id,
                      new Policy(kind.name(), id, "E23ZP02F085DFQ", Instant.EPOCH, config, true)));
      managed.put(kind, policies);
    }
  }

  static XmlElement parsed(String xml) {
    try {
      return XmlDocument.parse(xml.getBytes(StandardCharsets.UTF_8));
    } catch (MalformedXmlException e) {
      throw new IllegalStateException("a stored policy is not XML", e);
    }
  }

  Optional<Policy> find(PolicyKind kind, String id) {
    Policy ofAws = managed.getOrDefault(kind, Map.of()).get(id);
    return ofAws != null ? Optional.of(ofAws) : own.get(kind.name() + "/" + id);
  }

  Policy get(PolicyKind kind, String id) {
    return find(kind, id)
        .orElseThrow(() -> CloudFrontErrors.noSuchPolicy(kind.noSuchCode(), kind.words()));
  }

  List<Policy> all(PolicyKind kind) {
    List<Policy> all = new ArrayList<>(managed.getOrDefault(kind, Map.of()).values());
    own.ascending(kind.name() + "/", kind.name() + "0", Integer.MAX_VALUE)
        .forEach(entry -> all.add(entry.getValue()));
    return all;
  }

  /** Adds a policy with this configuration. */
  Policy add(PolicyKind kind, XmlElement config) {
    PolicyCheck.check(kind, config);
    String id =
        kind == PolicyKind.ORIGIN_ACCESS_CONTROL
            ? "E" + environment.ids().upper(13)
            : environment.ids().uuid();
    return environment
        .store()
        .write(
            () -> {
              String name = config.childText("Name").orElse("");
              if (all(kind).stream().anyMatch(policy -> policy.name().equals(name))) {
                throw new dev.cloudtask.localcloud.protocol.AwsException(
                    kind.element() + "AlreadyExists",
                    409,
                    "A " + kind.words() + " with this name already exists.");
              }
              return put(kind, id, config);
            });
  }

  /** Replaces a policy's configuration. */
  Policy replace(Policy policy, XmlElement config) {
    PolicyKind kind = PolicyKind.valueOf(policy.kind());
    PolicyCheck.check(kind, config);
    return environment.store().write(() -> put(kind, policy.id(), config));
  }

  private Policy put(PolicyKind kind, String id, XmlElement config) {
    Policy policy =
        new Policy(
            kind.name(),
            id,
            "E" + environment.ids().upper(13),
            environment.clock().instant().truncatedTo(ChronoUnit.MILLIS),
            Xml.copy(kind.configElement(), config),
            false);
    own.put(kind.name() + "/" + id, policy);
    return policy;
  }

  void remove(Policy policy) {
    environment.store().write(() -> own.remove(policy.kind() + "/" + policy.id()));
  }

  CachePolicy cachePolicy(String id) {
    return CachePolicy.from(get(PolicyKind.CACHE, id).document());
  }

  OriginRequestPolicy originRequestPolicy(String id) {
    return OriginRequestPolicy.from(get(PolicyKind.ORIGIN_REQUEST, id).document());
  }

  ResponseHeaders responseHeadersPolicy(String id) {
    return ResponseHeaders.from(get(PolicyKind.RESPONSE_HEADERS, id).document());
  }

  XmlElement originAccessControl(String id) {
    return get(PolicyKind.ORIGIN_ACCESS_CONTROL, id).document();
  }
}
