package dev.cloudtask.localcloud.services.cloudfront;

import dev.cloudtask.localcloud.http.HttpResponse;
import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.protocol.restxml.XmlElement;
import java.util.List;
import java.util.Optional;

/** The operations on policies and origin access controls: the same for each kind. */
final class PolicyOperations {
  private final String accountId;
  private final DistributionStore store;
  private final Policies policies;

  PolicyOperations(String accountId, DistributionStore store, Policies policies) {
    this.accountId = accountId;
    this.store = store;
    this.policies = policies;
  }

  void register(CloudFrontEndpoint.Table table) {
    for (PolicyKind kind : PolicyKind.values()) {
      String all = "/" + kind.path();
      String one = all + "/{Id}";
      String name = kind.element();
      table.add("POST", all, "Create" + name, call -> create(call, kind));
      table.add("GET", all, "List" + kind.plural(), call -> list(call, kind));
      table.add("GET", one, "Get" + name, call -> get(call, kind));
      table.add("GET", one + "/config", "Get" + name + "Config", call -> config(call, kind));
      table.add("PUT", one + kind.updatePath(), "Update" + name, call -> update(call, kind));
      table.add("DELETE", one, "Delete" + name, call -> delete(call, kind));
    }
  }

  private void allow(CloudFrontCall call, String action, PolicyKind kind) {
    String id = call.id().isEmpty() ? "*" : call.id();
    call.allow(action, "arn:aws:cloudfront::%s:%s/%s".formatted(accountId, kind.path(), id));
  }

  private HttpResponse create(CloudFrontCall call, PolicyKind kind) {
    allow(call, "Create" + kind.element(), kind);
    Policies.Policy created = policies.add(kind, call.body(kind.configElement()));
    return policy(201, kind, created)
        .with(
            "Location",
            "https://cloudfront.amazonaws.com/2020-05-31/" + kind.path() + "/" + created.id());
  }

  private HttpResponse list(CloudFrontCall call, PolicyKind kind) {
    allow(call, "List" + kind.plural(), kind);
    Optional<String> type = call.query("Type");
    if (type.filter(each -> !List.of("managed", "custom").contains(each)).isPresent()) {
      throw CloudFrontErrors.invalidArgument("The parameter Type must be managed or custom.");
    }
    List<Policies.Policy> shown =
        policies.all(kind).stream()
            .filter(policy -> type.map(t -> t.equals("managed") == policy.managed()).orElse(true))
            .toList();
    return CloudFrontEndpoint.xml(
        200, DistributionAnswers.policies(kind, Pages.of(call, shown, Policies.Policy::id)));
  }

  private HttpResponse get(CloudFrontCall call, PolicyKind kind) {
    allow(call, "Get" + kind.element(), kind);
    return policy(200, kind, policies.get(kind, call.id()));
  }

  private HttpResponse config(CloudFrontCall call, PolicyKind kind) {
    allow(call, "Get" + kind.configElement(), kind);
    Policies.Policy found = policies.get(kind, call.id());
    return CloudFrontEndpoint.xml(200, Xml.copy(kind.configElement(), found.document()))
        .with("ETag", found.etag());
  }

  private HttpResponse update(CloudFrontCall call, PolicyKind kind) {
    allow(call, "Update" + kind.element(), kind);
    XmlElement config = call.body(kind.configElement());
    Policies.Policy changed =
        store.atomically(
            () -> {
              Policies.Policy found = own(kind, call.id());
              call.checkMatch(found.etag());
              return policies.replace(found, config);
            });
    return policy(200, kind, changed);
  }

  private HttpResponse delete(CloudFrontCall call, PolicyKind kind) {
    allow(call, "Delete" + kind.element(), kind);
    store.atomically(
        () -> {
          Policies.Policy found = own(kind, call.id());
          call.checkMatch(found.etag());
          remove(kind, found);
          return found;
        });
    return HttpResponse.of(204);
  }

  private static HttpResponse policy(int status, PolicyKind kind, Policies.Policy policy) {
    return CloudFrontEndpoint.xml(status, DistributionAnswers.policy(kind, policy))
        .with("ETag", policy.etag());
  }

  private Policies.Policy own(PolicyKind kind, String id) {
    Policies.Policy found = policies.get(kind, id);
    if (found.managed()) {
      throw CloudFrontErrors.accessDenied("You cannot change a policy that AWS manages.");
    }
    return found;
  }

  /** Removes a policy that no distribution refers to. */
  void remove(PolicyKind kind, Policies.Policy policy) {
    boolean used = store.all().stream().anyMatch(each -> each.config().contains(policy.id()));
    if (used) {
      throw new AwsException(
          kind.inUseCode(),
          409,
          "Cannot delete the "
              + kind.words()
              + " because it is attached to one or more distributions.");
    }
    policies.remove(policy);
  }
}
