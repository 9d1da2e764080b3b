package dev.cloudtask.localcloud.services.lambda;

import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.store.Codec;
import dev.cloudtask.localcloud.store.StateMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What is known of functions, durable. */
final class FunctionStore {
  private final CloudEnvironment cloud;
  private final StateMap<String, FunctionEntry> functions;
  private final StateMap<String, FunctionVersion> versions;
  private final StateMap<String, Alias> aliases;
  private final StateMap<String, ResourcePolicy> policies;

  FunctionStore(CloudEnvironment cloud) {
    this.cloud = cloud;
    this.functions = cloud.store().map("lambda.functions", Codec.json(FunctionEntry.class));
    this.versions = cloud.store().map("lambda.versions", Codec.json(FunctionVersion.class));
    this.aliases = cloud.store().map("lambda.aliases", Codec.json(Alias.class));
    this.policies = cloud.store().map("lambda.policies", Codec.json(ResourcePolicy.class));
  }

  <T> T write(Supplier<T> change) {
    return cloud.store().write(change);
  }

  void write(Runnable change) {
    cloud.store().write(change);
  }

  Optional<FunctionEntry> find(String name) {
    return functions.get(name);
  }

  /** Returns a function or fails with the ARN it was asked for under. */
  FunctionEntry require(FunctionRef function) {
    return find(function.name())
        .orElseThrow(() -> LambdaErrors.functionNotFound(function.qualifiedArn(cloud)));
  }

  void put(FunctionEntry entry) {
    functions.put(entry.latest().name(), entry);
  }

  List<FunctionEntry> functions() {
    return functions.values();
  }

  /** Removes a function with its versions, aliases and policies. */
  void remove(String name) {
    functions.remove(name);
    for (StateMap<String, ?> map : List.of(versions, aliases, policies)) {
      map.ascending(name + ":", name + ";", Integer.MAX_VALUE)
          .forEach(entry -> map.remove(entry.getKey()));
    }
    policies.remove(name);
  }

  private static String versionKey(String name, String version) {
    return name + ":" + "0".repeat(Math.max(0, 10 - version.length())) + version;
  }

  void put(FunctionVersion version) {
    versions.put(versionKey(version.name(), version.version()), version);
  }

  void removeVersion(FunctionVersion version) {
    versions.remove(versionKey(version.name(), version.version()));
    policies.remove(version.name() + ":" + version.version());
  }

  /** Returns the numbered versions, oldest first. */
  List<FunctionVersion> versions(String name) {
    return versions.ascending(name + ":", name + ";", Integer.MAX_VALUE).stream()
        .map(Map.Entry::getValue)
        .toList();
  }

  Optional<Alias> alias(String name, String alias) {
    return aliases.get(name + ":" + alias);
  }

  List<Alias> aliases(String name) {
    return aliases.ascending(name + ":", name + ";", Integer.MAX_VALUE).stream()
        .map(Map.Entry::getValue)
        .toList();
  }

  void put(Alias alias) {
    aliases.put(alias.functionName() + ":" + alias.name(), alias);
  }

  void removeAlias(Alias alias) {
    aliases.remove(alias.functionName() + ":" + alias.name());
    policies.remove(alias.functionName() + ":" + alias.name());
  }

  /** Finds the version that a reference means, through an alias if it names one. */
  Optional<FunctionVersion> resolve(FunctionRef function) {
    Optional<FunctionVersion> latest = find(function.name()).map(FunctionEntry::latest);
    String qualifier = function.qualifier().orElse(FunctionVersion.LATEST);
    if (latest.isEmpty() || qualifier.equals(FunctionVersion.LATEST)) {
      return latest;
    }
    String number =
        qualifier.matches("\\d+")
            ? qualifier
            : alias(function.name(), qualifier).map(Alias::version).orElse("");
    return number.equals(FunctionVersion.LATEST)
        ? latest
        : number.isEmpty() ? Optional.empty() : versions.get(versionKey(function.name(), number));
  }

  /** Returns a version or fails with the ARN it was asked for under. */
  FunctionVersion requireVersion(FunctionRef function) {
    return resolve(function)
        .orElseThrow(() -> LambdaErrors.functionNotFound(function.qualifiedArn(cloud)));
  }

  private static String policyKey(FunctionRef function) {
    return function.name()
        + function
            .qualifier()
            .filter(text -> !text.equals(FunctionVersion.LATEST))
            .map(text -> ":" + text)
            .orElse("");
  }

  Optional<ResourcePolicy> policy(FunctionRef function) {
    return policies.get(policyKey(function));
  }

  void putPolicy(FunctionRef function, ResourcePolicy policy) {
    policies.put(policyKey(function), policy);
  }

  void removePolicy(FunctionRef function) {
    policies.remove(policyKey(function));
  }
}
