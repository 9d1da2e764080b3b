package dev.cloudtask.localcloud.ports;

import dev.cloudtask.localcloud.http.HttpRequest;
import dev.cloudtask.localcloud.http.HttpResponse;
import dev.cloudtask.localcloud.iam.Caller;
import dev.cloudtask.localcloud.trace.Span;

/**
 * Reaches the AWS hosts of this cloud as CloudFront's edge does: by name, over HTTP or HTTPS,
 * without ever leaving the process or looking a name up.
 */
@FunctionalInterface
public interface HttpOrigins {
  /** Nobody of this cloud answers there: CloudFront makes a 502 or 504 of it. */
  final class UnreachableException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why: for people and for choosing the status. */
    public enum Cause {
      /** The name does not resolve. */
      NO_SUCH_HOST,
      /**
       * Nothing listens on that port or for that scheme, as with HTTPS on an S3 website endpoint.
       */
      CONNECTION_REFUSED
    }

    private final Cause reason;

    public UnreachableException(Cause reason, String message) {
      super(message);
      this.reason = reason;
    }

    /** Returns why nobody answered. */
    public Cause reason() {
      return reason;
    }
  }

  /**
   * Sends a request.
   *
   * @param scheme {@code http} or {@code https}
   * @param host the origin's AWS host name
   * @param port the port at the origin
   * @throws UnreachableException if nobody of this cloud answers there
   */
  default HttpResponse fetch(String scheme, String host, int port, HttpRequest request, Span span)
      throws UnreachableException {
    return fetchAs(new Caller.Anonymous(), scheme, host, port, request, span);
  }

  /** As {@link #fetch}, signed: CloudFront's origin access control signs as the service itself. */
  HttpResponse fetchAs(
      Caller caller, String scheme, String host, int port, HttpRequest request, Span span)
      throws UnreachableException;
}
