package dev.cloudtask.localcloud.http;

import java.util.Optional;

/**
 * A request as the client sent it.
 *
 * @param method the method, in the client's letter case
 * @param target the raw request target of the request line, never decoded or normalised
 * @param headers the header fields as sent
 * @param body the body, read on demand
 * @param connection where it arrived
 */
public record HttpRequest(
    String method, String target, HttpHeaders headers, RequestBody body, Connection connection) {

  /**
   * The connection a request arrived on.
   *
   * @param localPort the port of ours it came to; 0 for a request made inside the cloud
   * @param remoteAddress the client's numeric address
   * @param secure whether the connection is TLS
   */
  public record Connection(int localPort, String remoteAddress, boolean secure) {
    /** A request that one room of the cloud makes to another: it has no socket. */
    public static final Connection INTERNAL = new Connection(0, "127.0.0.1", false);
  }

  /**
   * Returns the raw path: the target up to the first question mark, or of an absolute-form target
   * its path.
   */
  public String rawPath() {
    String text = originForm();
    int question = text.indexOf('?');
    return question < 0 ? text : text.substring(0, question);
  }

  /** Returns the raw query without the question mark; empty if there is no question mark. */
  public Optional<String> rawQuery() {
    String text = originForm();
    int question = text.indexOf('?');
    return question < 0 ? Optional.empty() : Optional.of(text.substring(question + 1));
  }

  /** Returns the parsed query string. */
  public QueryString query() {
    return QueryString.parse(rawQuery().orElse(""));
  }

  private String originForm() {
    if (target.startsWith("http://") || target.startsWith("https://")) {
      int slash = target.indexOf('/', target.indexOf("://") + 3);
      return slash < 0 ? "/" : target.substring(slash);
    }
    return target;
  }

  /** Returns the first value of a header. */
  public Optional<String> header(String name) {
    return headers.first(name);
  }

  /** Returns the {@code Host} header without its port, lower case; empty text if there is none. */
  public String hostName() {
    String host = header("Host").orElse("");
    if (host.startsWith("[")) {
      int end = host.indexOf(']');
      return end < 0 ? host : host.substring(0, end + 1);
    }
    int colon = host.lastIndexOf(':');
    return (colon < 0 ? host : host.substring(0, colon)).toLowerCase(java.util.Locale.ROOT);
  }

  /** Returns this request with other headers. */
  public HttpRequest withHeaders(HttpHeaders changed) {
    return new HttpRequest(method, target, changed, body, connection);
  }

  /** Returns this request with another target. */
  public HttpRequest withTarget(String changed) {
    return new HttpRequest(method, changed, headers, body, connection);
  }
}
