package dev.cloudtask.localcloud.services.iam;

import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.store.Codec;
import dev.cloudtask.localcloud.store.StateMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** IAM's state: roles, users, policies, keys and sessions, each by name, ARN or id. */
final class IamStore {
  final StateMap<String, Role> roles;
  final StateMap<String, User> users;
  final StateMap<String, ManagedPolicy> policies;
  final StateMap<String, LongTermKey> keys;
  final StateMap<String, Session> sessions;

  private final AwsManagedPolicies awsPolicies = new AwsManagedPolicies();
  private final CloudEnvironment environment;

  IamStore(CloudEnvironment environment) {
    this.environment = environment;
    roles = environment.store().map("iam.roles", Codec.json(Role.class));
    users = environment.store().map("iam.users", Codec.json(User.class));
    policies = environment.store().map("iam.policies", Codec.json(ManagedPolicy.class));
    keys = environment.store().map("iam.keys", Codec.json(LongTermKey.class));
    sessions = environment.store().map("iam.sessions", Codec.json(Session.class));
  }

  CloudEnvironment environment() {
    return environment;
  }

  <T> T write(Supplier<T> change) {
    return environment.store().write(change);
  }

  /** Names differ in IAM only if they differ in more than letter case. */
  Optional<Role> role(String name) {
    return named(roles, name);
  }

  Optional<User> user(String name) {
    return named(users, name);
  }

  private static <V> Optional<V> named(StateMap<String, V> map, String name) {
    Optional<V> exact = map.get(name);
    if (exact.isPresent()) {
      return exact;
    }
    return map.keys().stream()
        .filter(key -> key.equalsIgnoreCase(name))
        .findFirst()
        .flatMap(map::get);
  }

  Optional<Role> roleByArn(String arn) {
    int slash = arn.lastIndexOf('/');
    return roles.get(arn.substring(slash + 1)).filter(role -> role.arn().equals(arn));
  }

  /** Returns a managed policy, the customer's or one of AWS's own. */
  Optional<ManagedPolicy> policy(String arn) {
    Optional<ManagedPolicy> own = policies.get(arn);
    return own.isPresent() ? own : awsPolicies.find(arn);
  }

  /** Fails unless there is such a managed policy. */
  void demandAttachable(String arn) {
    if (policy(arn).isEmpty()) {
      throw IamErrors.notAttachable(arn);
    }
  }

  List<ManagedPolicy> allPolicies() {
    return Stream.concat(policies.values().stream(), awsPolicies.all().stream()).toList();
  }

  /** Returns whatever carries policies: the roles, then the users. */
  List<Grants> grants() {
    return Stream.concat(
            roles.values().stream().map(Role::grants), users.values().stream().map(User::grants))
        .toList();
  }

  List<LongTermKey> keysOf(String userName) {
    return keys.ascending(null, null, Integer.MAX_VALUE).stream()
        .map(Map.Entry::getValue)
        .filter(key -> key.userName().equals(userName))
        .toList();
  }

  String arn(String resource) {
    return "arn:aws:iam::" + environment.accountId() + ":" + resource;
  }

  /** Returns a unique id: four letters that tell the kind, and 17 random ones. */
  String id(String prefix) {
    return prefix + environment.ids().upper(17);
  }
}
