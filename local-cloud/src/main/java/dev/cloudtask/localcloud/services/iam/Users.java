package dev.cloudtask.localcloud.services.iam;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes and removes users and their access keys. */
final class Users {
  static final int KEYS_PER_USER = 2;

  private final IamStore store;

  Users(IamStore store) {
    this.store = store;
  }

  User create(String name, String path, @Nullable String boundary, Map<String, String> tags) {
    IamNames.name("userName", name, 64);
    IamNames.path(path);
    IamNames.tags(tags);
    if (boundary != null) {
      IamNames.policyArn(boundary);
      store.demandAttachable(boundary);
    }
    return store.write(
        () -> {
          if (store.user(name).isPresent()) {
            throw IamErrors.exists("User", name);
          }
          User user =
              new User(
                  name,
                  path,
                  store.id("AIDA"),
                  store.arn("user" + path + name),
                  now(),
                  new Grants(Map.of(), List.of(), boundary, tags));
          store.users.put(name, user);
          return user;
        });
  }

  User get(String name) {
    return store.user(name).orElseThrow(() -> IamErrors.noSuchUser(name));
  }

  List<User> list(String pathPrefix) {
    return store.users.values().stream()
        .filter(user -> user.path().startsWith(pathPrefix))
        .toList();
  }

  void delete(String name) {
    store.write(
        () -> {
          User user = get(name);
          Holders.demandBare(user.grants());
          if (!store.keysOf(user.name()).isEmpty()) {
            throw IamErrors.deleteConflict("Cannot delete entity, must delete access keys first.");
          }
          return store.users.remove(user.name());
        });
  }

  LongTermKey createKey(String userName) {
    return store.write(
        () -> {
          User user = get(userName);
          if (store.keysOf(user.name()).size() >= KEYS_PER_USER) {
            throw IamErrors.limit("Cannot exceed quota for AccessKeysPerUser: " + KEYS_PER_USER);
          }
          LongTermKey key =
              new LongTermKey(
                  "AKIA" + store.environment().ids().upper(16),
                  store.environment().ids().base64(30),
                  user.name(),
                  true,
                  now());
          store.keys.put(key.id(), key);
          return key;
        });
  }

  LongTermKey key(String userName, String id) {
    return store
        .keys
        .get(id)
        .filter(key -> key.userName().equals(get(userName).name()))
        .orElseThrow(() -> IamErrors.noSuchAccessKey(id));
  }

  void setActive(String userName, String id, boolean active) {
    store.write(() -> store.keys.put(id, key(userName, id).withActive(active)));
  }

  void deleteKey(String userName, String id) {
    store.write(() -> store.keys.remove(key(userName, id).id()));
  }

  private Instant now() {
    return store.environment().clock().instant().truncatedTo(ChronoUnit.SECONDS);
  }
}
