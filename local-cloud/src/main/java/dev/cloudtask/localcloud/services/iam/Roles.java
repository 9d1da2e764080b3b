package dev.cloudtask.localcloud.services.iam;

import dev.cloudtask.localcloud.iam.PolicyKind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes, changes and removes roles. */
final class Roles {
  /** The longest session, in seconds, unless told otherwise. */
  static final int DEFAULT_SESSION_SECONDS = 3_600;

  private static final int TRUST_QUOTA = 2_048;

  private final IamStore store;

  Roles(IamStore store) {
    this.store = store;
  }

  /** What a new role is to be. */
  record NewRole(
      String name,
      String path,
      String trust,
      @Nullable String description,
      int maxSessionSeconds,
      @Nullable String boundary,
      Map<String, String> tags) {}

  Role create(NewRole wish) {
    IamNames.name("roleName", wish.name(), 64);
    IamNames.path(wish.path());
    checkTrust(wish.trust());
    IamNames.maxSession(wish.maxSessionSeconds());
    IamNames.tags(wish.tags());
    String boundary = wish.boundary();
    if (boundary != null) {
      IamNames.policyArn(boundary);
      store.demandAttachable(boundary);
    }
    return store.write(
        () -> {
          if (store.role(wish.name()).isPresent()) {
            throw IamErrors.exists("Role", wish.name());
          }
          Role role =
              new Role(
                  wish.name(),
                  wish.path(),
                  store.id("AROA"),
                  store.arn("role" + wish.path() + wish.name()),
                  now(),
                  wish.trust(),
                  wish.description(),
                  wish.maxSessionSeconds(),
                  new Grants(Map.of(), List.of(), boundary, wish.tags()));
          store.roles.put(role.name(), role);
          return role;
        });
  }

  Role get(String name) {
    return store.role(name).orElseThrow(() -> IamErrors.noSuchRole(name));
  }

  List<Role> list(String pathPrefix) {
    return store.roles.values().stream()
        .filter(role -> role.path().startsWith(pathPrefix))
        .toList();
  }

  void setTrust(String name, String trust) {
    get(name);
    checkTrust(trust);
    store.write(() -> store.roles.put(get(name).name(), get(name).withTrust(trust)));
  }

  Role update(String name, Optional<String> description, Optional<Integer> maxSessionSeconds) {
    maxSessionSeconds.ifPresent(IamNames::maxSession);
    return store.write(
        () -> {
          Role role = get(name);
          Role changed =
              role.with(
                  description.isPresent() ? description.get() : role.description(),
                  maxSessionSeconds.orElse(role.maxSessionSeconds()));
          store.roles.put(role.name(), changed);
          return changed;
        });
  }

  void delete(String name) {
    store.write(
        () -> {
          Role role = get(name);
          Holders.demandBare(role.grants());
          return store.roles.remove(role.name());
        });
  }

  private static void checkTrust(String trust) {
    IamNames.document(trust, PolicyKind.TRUST);
    if (IamNames.size(trust) > TRUST_QUOTA) {
      throw IamErrors.limit("Cannot exceed quota for ACLSizePerRole: " + TRUST_QUOTA);
    }
  }

  private Instant now() {
    return store.environment().clock().instant().truncatedTo(ChronoUnit.SECONDS);
  }
}
