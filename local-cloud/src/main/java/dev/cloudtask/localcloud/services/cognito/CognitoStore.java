package dev.cloudtask.localcloud.services.cognito;

import dev.cloudtask.localcloud.store.Codec;
import dev.cloudtask.localcloud.store.StateMap;
import dev.cloudtask.localcloud.store.StateStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Everything user pools keep. Keys of what belongs to a pool begin with its id and a slash; what
 * belongs to a user goes on with the user's sub.
 */
final class CognitoStore {
  /** When each counted attempt was made, oldest first. */
  record Attempts(List<Instant> at) {}

  /**
   * The two signing keys of a pool as private JWKs: ID tokens have one, access tokens the other.
   */
  record KeyPair(String idToken, String accessToken) {}

  private static final Duration HOUR = Duration.ofHours(1);

  private final StateStore store;
  private final StateMap<String, UserPool> pools;
  private final StateMap<String, UserPoolClient> clients;
  private final StateMap<String, User> users;
  private final StateMap<String, String> names;
  private final StateMap<String, Code> codes;
  private final StateMap<String, Attempts> attempts;
  private final StateMap<String, Challenge> challenges;
  private final StateMap<String, SignIn> signIns;
  private final StateMap<String, RefreshToken> refreshTokens;
  private final StateMap<String, Group> groups;
  private final StateMap<String, String> domains;
  private final StateMap<String, KeyPair> keys;

  CognitoStore(StateStore store) {
    this.store = store;
    pools = store.map("cognito.pools", Codec.json(UserPool.class));
    clients = store.map("cognito.clients", Codec.json(UserPoolClient.class));
    users = store.map("cognito.users", Codec.json(User.class));
    names = store.map("cognito.names", Codec.TEXT);
    codes = store.map("cognito.codes", Codec.json(Code.class));
    attempts = store.map("cognito.attempts", Codec.json(Attempts.class));
    challenges = store.map("cognito.challenges", Codec.json(Challenge.class));
    signIns = store.map("cognito.sign-ins", Codec.json(SignIn.class));
    refreshTokens = store.map("cognito.refresh-tokens", Codec.json(RefreshToken.class));
    groups = store.map("cognito.groups", Codec.json(Group.class));
    domains = store.map("cognito.domains", Codec.TEXT);
    keys = store.map("cognito.keys", Codec.json(KeyPair.class));
  }

  /** Makes all changes of one operation together, or none of them. */
  <T> T write(Supplier<T> change) {
    return store.write(change);
  }

  void write(Runnable change) {
    store.write(change);
  }

  // Pools and what hangs on them.

  List<UserPool> pools() {
    return pools.values();
  }

  Optional<UserPool> findPool(String id) {
    return pools.get(id);
  }

  UserPool pool(String id) {
    return findPool(id).orElseThrow(() -> CognitoErrors.noSuchPool(id));
  }

  void put(UserPool pool) {
    pools.put(pool.id(), pool);
  }

  void removePool(UserPool pool) {
    pools.remove(pool.id());
    keys.remove(pool.id());
    for (UserPoolClient client : clients(pool.id())) {
      clients.remove(client.id());
    }
    for (StateMap<String, ?> map :
        List.<StateMap<String, ?>>of(users, names, codes, attempts, signIns, groups)) {
      removeBelow(map, pool.id() + "/");
    }
    removeTokens(token -> token.poolId().equals(pool.id()));
    for (String domain : domains(pool.id())) {
      domains.remove(domain);
    }
  }

  Optional<UserPoolClient> findClient(String id) {
    return clients.get(id);
  }

  UserPoolClient client(String id) {
    return findClient(id).orElseThrow(() -> CognitoErrors.noSuchClient(id));
  }

  List<UserPoolClient> clients(String poolId) {
    return clients.values().stream().filter(client -> client.poolId().equals(poolId)).toList();
  }

  void put(UserPoolClient client) {
    clients.put(client.id(), client);
  }

  void remove(UserPoolClient client) {
    clients.remove(client.id());
  }

  Optional<KeyPair> keys(String poolId) {
    return keys.get(poolId);
  }

  void putKeys(String poolId, KeyPair pair) {
    keys.put(poolId, pair);
  }

  List<String> domains(String poolId) {
    return domains.ascending(null, null, Integer.MAX_VALUE).stream()
        .filter(entry -> entry.getValue().equals(poolId))
        .map(Map.Entry::getKey)
        .toList();
  }

  Optional<String> domainPool(String domain) {
    return domains.get(domain);
  }

  void putDomain(String domain, String poolId) {
    domains.put(domain, poolId);
  }

  void removeDomain(String domain) {
    domains.remove(domain);
  }

  List<Group> groups(String poolId) {
    return below(groups, poolId + "/");
  }

  Optional<Group> findGroup(String poolId, String name) {
    return groups.get(poolId + "/" + name);
  }

  void put(Group group) {
    groups.put(group.poolId() + "/" + group.name(), group);
  }

  void remove(Group group) {
    groups.remove(group.poolId() + "/" + group.name());
  }

  // Users.

  List<User> users(String poolId) {
    return below(users, poolId + "/");
  }

  /** Finds a user by the exact name under which it is kept. */
  Optional<User> byUsername(String poolId, String username) {
    return users.get(poolId + "/" + username);
  }

  /** Finds a user by anything it may be called: user name, sub, e-mail address, alias. */
  Optional<User> find(UserPool pool, String name) {
    List<String> kinds = new ArrayList<>(List.of("name", "sub"));
    kinds.addAll(pool.usernameAttributes());
    kinds.addAll(pool.aliasAttributes());
    return kinds.stream()
        .flatMap(kind -> holder(pool, kind, name).stream())
        .findFirst()
        .flatMap(username -> byUsername(pool.id(), username));
  }

  /** Returns the user name of whoever has this name, address or alias. */
  Optional<String> holder(UserPool pool, String kind, String value) {
    return names.get(nameKey(pool, kind, value));
  }

  void put(UserPool pool, User user) {
    Set<String> keys = nameKeys(pool, user);
    Set<String> gone = new TreeSet<>();
    users
        .put(user.poolId() + "/" + user.username(), user)
        .ifPresent(before -> gone.addAll(nameKeys(pool, before)));
    gone.removeAll(keys);
    gone.forEach(names::remove);
    // Names that stay are never away, not even for a moment: whoever reads takes no lock.
    keys.stream()
        .filter(key -> names.get(key).filter(user.username()::equals).isEmpty())
        .forEach(key -> names.put(key, user.username()));
  }

  /**
   * Changes a user as it is now, not as it was when the operation began: what others have changed
   * meanwhile stays.
   */
  User change(UserPool pool, User user, UnaryOperator<User> change) {
    return store.write(
        () -> {
          User changed =
              change.apply(
                  byUsername(pool.id(), user.username()).orElseThrow(CognitoErrors::noSuchUser));
          put(pool, changed);
          return changed;
        });
  }

  void remove(UserPool pool, User user) {
    users.remove(user.poolId() + "/" + user.username());
    nameKeys(pool, user).stream()
        .filter(key -> names.get(key).filter(user.username()::equals).isPresent())
        .toList()
        .forEach(names::remove);
    String prefix = user.poolId() + "/" + user.sub() + "/";
    removeBelow(codes, prefix);
    removeBelow(attempts, prefix);
    removeBelow(signIns, prefix);
    removeTokens(token -> token.sub().equals(user.sub()));
  }

  private static Set<String> nameKeys(UserPool pool, User user) {
    Set<String> keys = new TreeSet<>();
    keys.add(nameKey(pool, "name", user.username()));
    keys.add(nameKey(pool, "sub", user.sub()));
    user.attributes()
        .forEach(
            (attribute, value) -> {
              boolean alias =
                  pool.aliasAttributes().contains(attribute)
                      && (attribute.equals("preferred_username") || user.isVerified(attribute));
              if (pool.usernameAttributes().contains(attribute) || alias) {
                keys.add(nameKey(pool, attribute, value));
              }
            });
    return keys;
  }

  private static String nameKey(UserPool pool, String kind, String value) {
    return pool.id() + "/" + kind + ":" + pool.folded(value);
  }

  // Codes and attempts.

  Optional<Code> code(User user, Code.Purpose purpose) {
    return codes.get(key(user, purpose.name()));
  }

  void putCode(User user, Code.Purpose purpose, Code code) {
    codes.put(key(user, purpose.name()), code);
  }

  void removeCode(User user, Code.Purpose purpose) {
    codes.remove(key(user, purpose.name()));
  }

  /**
   * Counts an attempt in a write of its own, so that it counts even if the operation then fails.
   *
   * @return whether it is within the limit of so many an hour
   */
  boolean countAttempt(User user, String operation, int perHour, Instant now) {
    return store.write(
        () -> {
          List<Instant> recent =
              new ArrayList<>(
                  attempts.get(key(user, operation)).map(Attempts::at).orElse(List.of()));
          recent.removeIf(at -> at.isBefore(now.minus(HOUR)));
          if (recent.size() >= perHour) {
            return false;
          }
          recent.add(now);
          attempts.put(key(user, operation), new Attempts(List.copyOf(recent)));
          return true;
        });
  }

  private static String key(User user, String rest) {
    return user.poolId() + "/" + user.sub() + "/" + rest;
  }

  // Sign-ins.

  Optional<Challenge> challenge(String sessionHash) {
    return challenges.get(sessionHash);
  }

  /** Keeps an open sign-in, and forgets those that nobody answered for an hour. */
  void putChallenge(String sessionHash, Challenge challenge, Instant now) {
    for (Map.Entry<String, Challenge> old : challenges.ascending(null, null, Integer.MAX_VALUE)) {
      if (old.getValue().expiresAt().isBefore(now.minus(HOUR))) {
        challenges.remove(old.getKey());
      }
    }
    challenges.put(sessionHash, challenge);
  }

  Optional<SignIn> signIn(String poolId, String sub, String originJti) {
    return signIns.get(poolId + "/" + sub + "/" + originJti);
  }

  void put(SignIn signIn) {
    signIns.put(signIn.poolId() + "/" + signIn.sub() + "/" + signIn.originJti(), signIn);
  }

  List<SignIn> signIns(User user) {
    return below(signIns, key(user, ""));
  }

  /** Forgets a user's sign-ins whose tokens have all expired. */
  void forgetExpired(User user, Instant now) {
    for (SignIn signIn : signIns(user)) {
      // The longest access token lives a day, and says after its end that it has expired.
      if (signIn.expiresAt().isBefore(now.minus(Duration.ofDays(1)))) {
        signIns.remove(key(user, signIn.originJti()));
        removeTokens(token -> token.originJti().equals(signIn.originJti()));
      }
    }
  }

  Optional<RefreshToken> refreshToken(String hash) {
    return refreshTokens.get(hash);
  }

  void putRefreshToken(String hash, RefreshToken token) {
    refreshTokens.put(hash, token);
  }

  private void removeTokens(java.util.function.Predicate<RefreshToken> which) {
    for (Map.Entry<String, RefreshToken> entry :
        refreshTokens.ascending(null, null, Integer.MAX_VALUE)) {
      if (which.test(entry.getValue())) {
        refreshTokens.remove(entry.getKey());
      }
    }
  }

  private static <V> List<V> below(StateMap<String, V> map, String prefix) {
    return map.ascending(prefix, after(prefix), Integer.MAX_VALUE).stream()
        .map(Map.Entry::getValue)
        .toList();
  }

  private static void removeBelow(StateMap<String, ?> map, String prefix) {
    map.ascending(prefix, after(prefix), Integer.MAX_VALUE)
        .forEach(entry -> map.remove(entry.getKey()));
  }

  /** Returns the first key that does not begin with a prefix that ends in a slash. */
  private static String after(String prefix) {
    return prefix.substring(0, prefix.length() - 1) + '0';
  }
}
