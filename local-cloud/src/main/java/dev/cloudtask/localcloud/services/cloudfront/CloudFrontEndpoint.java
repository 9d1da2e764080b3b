package dev.cloudtask.localcloud.services.cloudfront;

import dev.cloudtask.localcloud.gateway.ServiceCall;
import dev.cloudtask.localcloud.gateway.ServiceEndpoint;
import dev.cloudtask.localcloud.http.HttpRequest;
import dev.cloudtask.localcloud.http.HttpResponse;
import dev.cloudtask.localcloud.iam.AccessRequest;
import dev.cloudtask.localcloud.iam.Verdict;
import dev.cloudtask.localcloud.ports.Authorizer;
import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.protocol.restxml.RestXmlFailure;
import dev.cloudtask.localcloud.protocol.restxml.XmlDocument;
import dev.cloudtask.localcloud.protocol.restxml.XmlDocument.MalformedXmlException;
import dev.cloudtask.localcloud.protocol.restxml.XmlElement;
import dev.cloudtask.localcloud.services.cloudfront.DistributionStore.Distribution;
import dev.cloudtask.localcloud.trace.Span;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** CloudFront's API, version 2020-05-31. */
final class CloudFrontEndpoint implements ServiceEndpoint {
  private static final String PREFIX = "/2020-05-31/";

  private final Authorizer authorizer;
  private final String accountId;
  private final DistributionStore store;
  private final Distributions distributions;
  private final Policies policies;

  CloudFrontEndpoint(
      Authorizer authorizer,
      String accountId,
      DistributionStore store,
      Distributions distributions,
      Policies policies) {
    this.authorizer = authorizer;
    this.accountId = accountId;
    this.store = store;
    this.distributions = distributions;
    this.policies = policies;
  }

  @Override
  public String signingName() {
    return "cloudfront";
  }

  @Override
  public boolean recognises(HttpRequest request) {
    return request.rawPath().startsWith(PREFIX);
  }

  /** A call, its path taken apart. */
  private record Call(ServiceCall service, String method, List<String> path, Span span) {
    String segment(int index) {
      return index < path.size() ? path.get(index) : "";
    }

    XmlElement body(String root) {
      try {
        XmlElement document = XmlDocument.parse(service.http().body().bytes());
        if (document.name().equals(root)) {
          return document;
        }
      } catch (MalformedXmlException e) {
        throw CloudFrontErrors.malformedInput();
      }
      throw CloudFrontErrors.missingBody(root);
    }
  }

  @Override
  public HttpResponse handle(ServiceCall service) {
    service.http().body().bytes(); // a refusal that leaves it unread leaves it to the next request
    String path = service.http().rawPath();
    if (!path.startsWith(PREFIX)) {
      throw DistributionCheck.notEmulated("The API version of " + path);
    }
    List<String> segments = List.of(path.substring(PREFIX.length()).split("/"));
    try (Span span = service.span().child("cloudfront", service.http().method() + " " + path)) {
      Call call = new Call(service, service.http().method(), segments, span);
      return route(call).with("x-amzn-RequestId", service.requestId());
    }
  }

  private HttpResponse route(Call call) {
    String resource = call.segment(0);
    Optional<PolicyKind> kind = PolicyKind.ofPath(resource);
    if (kind.isPresent()) {
      return policy(call, kind.get());
    }
    if (resource.equals("distribution")) {
      return call.path().size() >= 3 && call.segment(2).equals("invalidation")
          ? invalidation(call)
          : distribution(call);
    }
    if (resource.equals("tagging")) {
      return tagging(call);
    }
    throw DistributionCheck.notEmulated(call.method() + " " + resource);
  }

  private void allow(Call call, String action, String arn) {
    Verdict verdict =
        authorizer.decide(
            AccessRequest.of(call.service().caller(), "cloudfront:" + action, arn), call.span());
    if (!verdict.allowed()) {
      throw CloudFrontErrors.accessDenied(verdict.message());
    }
  }

  private String arn(String resource) {
    return "arn:aws:cloudfront::" + accountId + ":" + resource;
  }

  private HttpResponse distribution(Call call) {
    String id = call.segment(1);
    String shape =
        call.method()
            + (id.isEmpty() ? "" : "/id")
            + (call.segment(2).isEmpty() ? "" : "/" + call.segment(2));
    switch (shape) {
      case "POST" -> {
        allow(call, "CreateDistribution", arn("distribution/*"));
        Map<String, String> tags = new LinkedHashMap<>();
        XmlElement config;
        if (call.service().http().query().has("WithTags")) {
          XmlElement both = call.body("DistributionConfigWithTags");
          config =
              both.child("DistributionConfig")
                  .orElseThrow(() -> CloudFrontErrors.missingBody("DistributionConfig"));
          tags.putAll(tags(both.child("Tags")));
        } else {
          config = call.body("DistributionConfig");
        }
        Distribution created = distributions.create(config, tags);
        return xml(201, DistributionAnswers.distribution(created))
            .with("ETag", created.etag())
            .with(
                "Location",
                "https://cloudfront.amazonaws.com/2020-05-31/distribution/" + created.id());
      }
      case "GET" -> {
        allow(call, "ListDistributions", arn("*"));
        return xml(200, DistributionAnswers.list(store.all()));
      }
      case "GET/id" -> {
        allow(call, "GetDistribution", arn("distribution/" + id));
        Distribution found = store.get(id);
        return xml(200, DistributionAnswers.distribution(found)).with("ETag", found.etag());
      }
      case "GET/id/config" -> {
        allow(call, "GetDistributionConfig", arn("distribution/" + id));
        Distribution found = store.get(id);
        return xml(200, found.config()).with("ETag", found.etag());
      }
      case "PUT/id/config" -> {
        allow(call, "UpdateDistribution", arn("distribution/" + id));
        Distribution found = store.get(id);
        checkMatch(call, found.etag());
        Distribution changed =
            distributions.update(found, call.body("DistributionConfig"), found.tags());
        return xml(200, DistributionAnswers.distribution(changed)).with("ETag", changed.etag());
      }
      case "DELETE/id" -> {
        allow(call, "DeleteDistribution", arn("distribution/" + id));
        Distribution found = store.get(id);
        checkMatch(call, found.etag());
        distributions.delete(found);
        return HttpResponse.of(204);
      }
      default -> throw DistributionCheck.notEmulated(call.method() + " " + call.path());
    }
  }

  private static void checkMatch(Call call, String etag) {
    Optional<String> match = call.service().http().header("If-Match");
    if (match.isEmpty()) {
      throw CloudFrontErrors.invalidIfMatch();
    }
    if (!match.get().equals(etag)) {
      throw CloudFrontErrors.preconditionFailed();
    }
  }

  private HttpResponse invalidation(Call call) {
    String id = call.segment(1);
    String which = call.segment(3);
    Distribution distribution = store.get(id);
    if (call.method().equals("POST") && which.isEmpty()) {
      allow(call, "CreateInvalidation", distribution.arn());
      XmlElement batch = call.body("InvalidationBatch");
      List<String> paths =
          DistributionConfig.items(batch, "Paths", "Path").stream().map(XmlElement::text).toList();
      return xml(
          201,
          DistributionAnswers.invalidation(
              distributions.invalidate(
                  distribution, batch.childText("CallerReference").orElse(""), paths)));
    }
    if (call.method().equals("GET") && which.isEmpty()) {
      allow(call, "ListInvalidations", distribution.arn());
      return xml(200, DistributionAnswers.invalidations(store.invalidations(id)));
    }
    if (call.method().equals("GET")) {
      allow(call, "GetInvalidation", distribution.arn());
      return xml(
          200,
          DistributionAnswers.invalidation(
              store.invalidation(id, which).orElseThrow(CloudFrontErrors::noSuchInvalidation)));
    }
    throw DistributionCheck.notEmulated(call.method() + " " + call.path());
  }

  private HttpResponse policy(Call call, PolicyKind kind) {
    String id = call.segment(1);
    String shape =
        call.method()
            + (id.isEmpty() ? "" : "/id")
            + (call.segment(2).isEmpty() ? "" : "/" + call.segment(2));
    String arn = arn(kind.path() + "/" + (id.isEmpty() ? "*" : id));
    switch (shape) {
      case "POST" -> {
        allow(call, "Create" + kind.element(), arn);
        Policies.Policy created = policies.add(kind, call.body(kind.configElement()));
        return xml(201, DistributionAnswers.policy(kind, created)).with("ETag", created.etag());
      }
      case "GET" -> {
        allow(
            call,
            kind == PolicyKind.CACHE ? "ListCachePolicies" : "List" + kind.element() + "s",
            arn);
        Optional<String> type = call.service().http().query().first("Type");
        List<Policies.Policy> shown =
            policies.all(kind).stream()
                .filter(
                    policy -> type.map(t -> t.equals("managed") == policy.managed()).orElse(true))
                .toList();
        return xml(200, DistributionAnswers.policies(kind, shown));
      }
      case "GET/id" -> {
        allow(call, "Get" + kind.element(), arn);
        Policies.Policy found = policies.get(kind, id);
        return xml(200, DistributionAnswers.policy(kind, found)).with("ETag", found.etag());
      }
      case "GET/id/config" -> {
        allow(call, "Get" + kind.configElement(), arn);
        Policies.Policy found = policies.get(kind, id);
        return xml(200, Xml.copy(kind.configElement(), found.document()))
            .with("ETag", found.etag());
      }
      case "PUT/id", "PUT/id/config" -> {
        allow(call, "Update" + kind.element(), arn);
        Policies.Policy found = own(kind, id);
        checkMatch(call, found.etag());
        Policies.Policy changed = policies.replace(found, call.body(kind.configElement()));
        return xml(200, DistributionAnswers.policy(kind, changed)).with("ETag", changed.etag());
      }
      case "DELETE/id" -> {
        allow(call, "Delete" + kind.element(), arn);
        Policies.Policy found = own(kind, id);
        checkMatch(call, found.etag());
        remove(kind, found);
        return HttpResponse.of(204);
      }
      default -> throw DistributionCheck.notEmulated(call.method() + " " + call.path());
    }
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

  private HttpResponse tagging(Call call) {
    String arn = call.service().http().query().first("Resource").orElse("");
    Distribution distribution =
        store.all().stream()
            .filter(each -> each.arn().equals(arn))
            .findFirst()
            .orElseThrow(
                () ->
                    new AwsException(
                        "NoSuchResource", 404, "A resource that was specified is not valid."));
    if (call.method().equals("GET")) {
      allow(call, "ListTagsForResource", arn);
      return xml(200, DistributionAnswers.tags(distribution.tags()));
    }
    throw DistributionCheck.notEmulated("Changing tags of a distribution by TagResource");
  }

  private static Map<String, String> tags(Optional<XmlElement> tags) {
    Map<String, String> result = new LinkedHashMap<>();
    tags.flatMap(element -> element.child("Items"))
        .ifPresent(
            items ->
                items
                    .children("Tag")
                    .forEach(
                        tag ->
                            result.put(
                                tag.childText("Key").orElse(""),
                                tag.childText("Value").orElse(""))));
    return result;
  }

  private static HttpResponse xml(int status, String document) {
    return HttpResponse.of(status, "text/xml", document);
  }

  @Override
  public HttpResponse failure(AwsException failure, ServiceCall call) {
    return RestXmlFailure.wrapped(failure, call.requestId(), Xml.NAMESPACE);
  }
}
