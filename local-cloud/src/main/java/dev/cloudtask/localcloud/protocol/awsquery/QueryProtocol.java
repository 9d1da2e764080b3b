package dev.cloudtask.localcloud.protocol.awsquery;

import dev.cloudtask.localcloud.http.HttpRequest;
import dev.cloudtask.localcloud.http.HttpResponse;
import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.protocol.NotEmulated;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A service's table of operations in the Query protocol, and the one place that puts its answers
 * and failures on the wire.
 *
 * <p>Strict: an operation that AWS has and this cloud has not, and a parameter that an operation
 * does not declare, are refused by name. Names that AWS does not have either get AWS's {@code
 * InvalidAction}.
 *
 * @param <C> what the service wants to know of a call beside its parameters
 */
public final class QueryProtocol<C> {
  private static final Set<String> ENVELOPE =
      Set.of(
          "Action",
          "Version",
          "AUTHPARAMS",
          "X-Amz-Algorithm",
          "X-Amz-Credential",
          "X-Amz-Date",
          "X-Amz-Expires",
          "X-Amz-Security-Token",
          "X-Amz-Signature",
          "X-Amz-SignedHeaders");

  private record Entry<C>(Set<String> parameters, QueryOperation<C> operation) {}

  private final String service;
  private final String version;
  private final String namespace;
  private final Map<String, Entry<C>> operations = new TreeMap<>();
  private final Set<String> refused = new TreeSet<>();

  /**
   * Creates an empty table.
   *
   * @param service as AWS spells it in lower case: {@code cloudformation}
   * @param version the API version: {@code 2010-05-15}
   * @param namespace the XML namespace of its answers
   */
  public QueryProtocol(String service, String version, String namespace) {
    this.service = service;
    this.version = version;
    this.namespace = namespace;
  }

  /**
   * Adds an operation.
   *
   * @param parameters the names of its parameters at the first level ({@code Tags} for {@code
   *     Tags.member.1.Key}); every other one is refused by name
   */
  public QueryProtocol<C> operation(
      String name, QueryOperation<C> operation, String... parameters) {
    if (operations.put(name, new Entry<>(Set.of(parameters), operation)) != null) {
      throw new IllegalArgumentException(service + " has two operations " + name);
    }
    return this;
  }

  /** Names operations that AWS has and this cloud refuses. */
  public QueryProtocol<C> refused(Collection<String> names) {
    refused.addAll(names);
    return this;
  }

  /** Returns the names of the emulated operations, sorted. */
  public Set<String> operations() {
    return operations.keySet();
  }

  /** Returns the names of AWS's operations that are refused by name, sorted. */
  public Set<String> refused() {
    return refused;
  }

  /** Tells whether a request is of this service's API version and names one of its operations. */
  public boolean recognises(HttpRequest request) {
    QueryInput input = QueryInput.of(request);
    String action = input.text("Action").orElse("");
    return (operations.containsKey(action) || refused.contains(action))
        && input.text("Version").map(version::equals).orElse(true);
  }

  /** Returns the operation a request names; empty text if it names none. */
  public static String action(HttpRequest request) {
    return QueryInput.of(request).text("Action").orElse("");
  }

  /**
   * Finds the operation, runs it and writes its answer.
   *
   * @throws AwsException if there is no such operation, a parameter is refused, or the operation
   *     fails
   */
  public HttpResponse handle(HttpRequest request, C call, String requestId) {
    QueryInput input = QueryInput.of(request);
    String action =
        input
            .text("Action")
            .orElseThrow(
                () ->
                    new AwsException(
                        "MissingAction",
                        400,
                        "The request must contain the parameter Action; it names the operation."));
    Entry<C> entry = find(action, input.text("Version").orElse(version));
    refuseUnknown(action, entry, input);
    StringBuilder body = new StringBuilder();
    QueryResult result = new QueryResult(body);
    entry.operation().answer(call, input, result);
    String wrapped =
        result.isPresent() ? "<" + action + "Result>" + body + "</" + action + "Result>" : "";
    return xml(
        200,
        requestId,
        "<"
            + action
            + "Response xmlns=\""
            + namespace
            + "\">"
            + wrapped
            + "<ResponseMetadata><RequestId>"
            + requestId
            + "</RequestId></ResponseMetadata></"
            + action
            + "Response>");
  }

  private Entry<C> find(String action, String askedVersion) {
    Entry<C> entry = askedVersion.equals(version) ? operations.get(action) : null;
    if (entry != null) {
      return entry;
    }
    if (refused.contains(action)) {
      throw NotEmulated.operation(service, action, operations.keySet());
    }
    throw new AwsException(
        "InvalidAction",
        400,
        "Could not find operation " + action + " for version " + askedVersion);
  }

  private void refuseUnknown(String action, Entry<C> entry, QueryInput input) {
    Set<String> unknown = new TreeSet<>(input.names());
    unknown.removeAll(entry.parameters());
    unknown.removeAll(ENVELOPE);
    if (!unknown.isEmpty()) {
      throw NotEmulated.parameter(
          service,
          action,
          "The parameter " + String.join(", ", unknown),
          "Emulated are: " + String.join(", ", new TreeSet<>(entry.parameters())) + ".");
    }
  }

  /** Puts a failure on the wire: the client's fault below status 500, ours from there. */
  public HttpResponse failure(AwsException failure, String requestId) {
    StringBuilder error = new StringBuilder();
    new QueryResult(error)
        .structure(
            "Error",
            members -> {
              members.text("Type", failure.status() < 500 ? "Sender" : "Receiver");
              members.text("Code", failure.code());
              members.text("Message", failure.message());
              failure.details().forEach((name, value) -> members.text(name, value));
            });
    return xml(
        failure.status(),
        requestId,
        "<ErrorResponse xmlns=\""
            + namespace
            + "\">"
            + error
            + "<RequestId>"
            + requestId
            + "</RequestId></ErrorResponse>");
  }

  private static HttpResponse xml(int status, String requestId, String text) {
    return HttpResponse.of(status, "text/xml", text).with("x-amzn-RequestId", requestId);
  }
}
