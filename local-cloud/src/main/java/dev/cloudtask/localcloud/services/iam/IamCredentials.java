package dev.cloudtask.localcloud.services.iam;

import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.iam.AccessRequest;
import dev.cloudtask.localcloud.iam.Caller;
import dev.cloudtask.localcloud.iam.PolicyDocument;
import dev.cloudtask.localcloud.iam.PolicyKind;
import dev.cloudtask.localcloud.iam.TrustPolicy;
import dev.cloudtask.localcloud.iam.Verdict;
import dev.cloudtask.localcloud.ports.CredentialSource;
import dev.cloudtask.localcloud.ports.RoleSessions;
import dev.cloudtask.localcloud.ports.TemporaryCredentials;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Issues access keys and knows those it has issued.
 *
 * <p>The account's root has the key {@code test} with the secret {@code test}; every other key is
 * one that was issued here. Sessions are kept with the state, so that they outlive a restart, until
 * they expire.
 */
final class IamCredentials implements CredentialSource, RoleSessions, TemporaryCredentials {
  /** Root's access key id, and its secret. */
  static final String ROOT_KEY = "test";

  private static final String ASSUME_ROLE = "sts:AssumeRole";

  private final IamStore store;
  private final IamAuthorizer authorizer;

  IamCredentials(IamStore store, IamAuthorizer authorizer) {
    this.store = store;
    this.authorizer = authorizer;
  }

  @Override
  public Optional<AccessKey> find(String accessKeyId) {
    String account = environment().accountId();
    if (accessKeyId.equals(ROOT_KEY)) {
      return Optional.of(
          new AccessKey(
              ROOT_KEY, ROOT_KEY, Optional.empty(), Optional.empty(), new Caller.Root(account)));
    }
    Optional<Session> session = store.sessions.get(accessKeyId);
    if (session.isPresent()) {
      return session.map(
          each ->
              new AccessKey(
                  each.id(),
                  each.secret(),
                  Optional.of(each.token()),
                  Optional.of(each.expiresAt()),
                  each.owner(account)));
    }
    return store
        .keys
        .get(accessKeyId)
        .filter(LongTermKey::active)
        .flatMap(
            key ->
                store
                    .users
                    .get(key.userName())
                    .map(
                        user ->
                            new AccessKey(
                                key.id(),
                                key.secret(),
                                Optional.empty(),
                                Optional.empty(),
                                new Caller.User(account, user.name(), user.path()))));
  }

  @Override
  public boolean canAssume(String roleArn, String servicePrincipal) {
    Caller service = service(servicePrincipal);
    return store
        .roleByArn(roleArn)
        .map(role -> trust(role, service, Map.of()).allowed())
        .orElse(false);
  }

  @Override
  public AccessKey assumeAsService(
      String roleArn, String servicePrincipal, String sessionName, Duration lifetime) {
    Caller service = service(servicePrincipal);
    Role role = trusting(roleArn, service, Map.of());
    Issued issued = issue("role", role.name(), role.id(), sessionName, List.of(), lifetime);
    return new AccessKey(
        issued.accessKeyId(),
        issued.secret(),
        Optional.of(issued.token()),
        Optional.of(issued.expiresAt()),
        issued.owner());
  }

  @Override
  public Issued assume(AssumeRole wish) {
    Map<String, List<String>> context = new HashMap<>();
    context.put("sts:RoleSessionName", List.of(wish.sessionName()));
    wish.externalId().ifPresent(id -> context.put("sts:ExternalId", List.of(id)));
    Role role = trusting(wish.roleArn(), wish.caller(), context);
    boolean chained = wish.caller() instanceof Caller.AssumedRole;
    long seconds = wish.lifetime().toSeconds();
    if (chained && seconds > 3600) {
      throw IamErrors.validation(
          "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by"
              + " role chaining");
    }
    if (seconds > role.maxSessionSeconds()) {
      throw IamErrors.validation(
          "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
    }
    return issue(
        "role",
        role.name(),
        role.id(),
        wish.sessionName(),
        wish.sessionPolicies(),
        wish.lifetime());
  }

  @Override
  public Issued sessionOf(Caller caller, Duration lifetime) {
    if (caller instanceof Caller.User user) {
      return issue("user", user.userName(), user.path(), "", List.of(), lifetime);
    }
    if (caller instanceof Caller.Root) {
      return issue("root", "", "", "", List.of(), lifetime);
    }
    throw IamErrors.accessDenied("Cannot call GetSessionToken with session credentials");
  }

  @Override
  public String userId(Caller caller) {
    if (caller instanceof Caller.User user) {
      return store.users.get(user.userName()).map(User::id).orElse("");
    }
    if (caller instanceof Caller.AssumedRole role) {
      return role.roleId() + ":" + role.sessionName();
    }
    return environment().accountId();
  }

  /**
   * Returns the role, if its trust policy lets the caller in; AWS tells nobody that a role is not
   * there.
   */
  private Role trusting(String roleArn, Caller caller, Map<String, List<String>> context) {
    Optional<Role> role = store.roleByArn(roleArn);
    if (role.isEmpty()) {
      throw IamErrors.accessDenied(
          "User: "
              + caller.arn()
              + " is not authorized to perform: "
              + ASSUME_ROLE
              + " on resource: "
              + roleArn);
    }
    Verdict verdict = trust(role.get(), caller, context);
    if (!verdict.allowed()) {
      throw IamErrors.accessDenied(verdict.message());
    }
    return role.get();
  }

  private Verdict trust(Role role, Caller caller, Map<String, List<String>> context) {
    AccessRequest request =
        authorizer.completed(
            AccessRequest.of(caller, ASSUME_ROLE, role.arn()).withContext(context));
    return TrustPolicy.decide(
        request, authorizer.identity(caller), PolicyDocument.parse(role.trust(), PolicyKind.TRUST));
  }

  private Issued issue(
      String kind,
      String name,
      String ownerId,
      String sessionName,
      List<String> policies,
      Duration lifetime) {
    Instant now = environment().clock().instant();
    Session session =
        new Session(
            "ASIA" + environment().ids().upper(16),
            environment().ids().base64(30),
            "IQoJb3JpZ2luX2Vj" + environment().ids().base64(240),
            Instant.ofEpochSecond(now.plus(lifetime).getEpochSecond()),
            kind,
            name,
            ownerId,
            sessionName,
            policies);
    store.write(
        () -> {
          forgetExpired(now);
          return store.sessions.put(session.id(), session);
        });
    return new Issued(
        session.id(),
        session.secret(),
        session.token(),
        session.expiresAt(),
        session.owner(environment().accountId()));
  }

  /**
   * Sessions that ended a day ago are forgotten; until then their bearer hears that they expired.
   */
  private void forgetExpired(Instant now) {
    for (Session session : store.sessions.values()) {
      if (session.expiresAt().plus(Duration.ofDays(1)).isBefore(now)) {
        store.sessions.remove(session.id());
      }
    }
  }

  private CloudEnvironment environment() {
    return store.environment();
  }

  private Caller service(String principal) {
    return new Caller.Service(principal, "", environment().accountId());
  }
}
