package dev.cloudtask.localcloud.services.cloudfront;

import dev.cloudtask.localcloud.gateway.ServiceCall;
import dev.cloudtask.localcloud.gateway.ServiceEndpoint;
import dev.cloudtask.localcloud.http.HttpRequest;
import dev.cloudtask.localcloud.http.HttpResponse;
import dev.cloudtask.localcloud.ports.Authorizer;
import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.protocol.NotEmulated;
import dev.cloudtask.localcloud.protocol.restjson.RouteTable;
import dev.cloudtask.localcloud.protocol.restxml.RestXmlFailure;
import dev.cloudtask.localcloud.services.Operations;
import dev.cloudtask.localcloud.trace.Span;
import java.util.Optional;
import java.util.function.Function;

/** CloudFront's API, version 2020-05-31: finds the operation and has it answered. */
final class CloudFrontEndpoint implements ServiceEndpoint {
  private static final String VERSION = "/2020-05-31";

  /** The operations that are answered, by method and path below the version. */
  static final class Table {
    private final RouteTable<Function<CloudFrontCall, HttpResponse>> routes = new RouteTable<>();

    void add(
        String method, String path, String operation, Function<CloudFrontCall, HttpResponse> work) {
      routes.add(method, VERSION + path, operation, work);
    }
  }

  private final Authorizer authorizer;
  private final Table table = new Table();
  private final RouteTable<String> refused = RefusedOperations.table(VERSION);

  CloudFrontEndpoint(
      Authorizer authorizer,
      DistributionOperations distributions,
      PolicyOperations policies,
      TagOperations tags) {
    this.authorizer = authorizer;
    distributions.register(table);
    policies.register(table);
    tags.register(table);
  }

  Operations operations() {
    return Operations.of(table.routes.operations(), refused.operations());
  }

  @Override
  public String signingName() {
    return "cloudfront";
  }

  @Override
  public boolean recognises(HttpRequest request) {
    return request.rawPath().startsWith(VERSION + "/");
  }

  @Override
  public HttpResponse handle(ServiceCall service) {
    HttpRequest request = service.http();
    request.body().bytes(); // a refusal that leaves it unread leaves it to the next request
    Optional<RouteTable.Match<Function<CloudFrontCall, HttpResponse>>> match =
        table.routes.find(request);
    if (match.isEmpty()) {
      throw refused
          .find(request)
          .map(RouteTable.Match::operation)
          .map(name -> NotEmulated.operation("cloudfront", name, table.routes.operations()))
          .orElseGet(() -> CloudFrontErrors.noSuchOperation(request.method(), request.rawPath()));
    }
    try (Span span = service.span().child("cloudfront", match.get().operation())) {
      CloudFrontCall call = new CloudFrontCall(service, match.get().labels(), authorizer, span);
      return match.get().target().apply(call).with("x-amzn-RequestId", service.requestId());
    }
  }

  static HttpResponse xml(int status, String document) {
    return HttpResponse.of(status, "text/xml", document);
  }

  @Override
  public HttpResponse failure(AwsException failure, ServiceCall call) {
    return RestXmlFailure.wrapped(failure, call.requestId(), Xml.NAMESPACE);
  }
}
