package dev.cloudtask.localcloud.http;

import java.net.URI;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpRequestFactory;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;

/**
 * A request that remembers its request line's target. HttpCore takes {@code //name/x} for a host
 * and a path and drops the one; S3 and API Gateway see both.
 */
final class RawTargetRequest extends BasicClassicHttpRequest {
  private static final long serialVersionUID = 1L;

  /** Makes such requests for HttpCore's parser. */
  static final HttpRequestFactory<ClassicHttpRequest> FACTORY =
      new HttpRequestFactory<>() {
        @Override
        public ClassicHttpRequest newHttpRequest(String method, String target) {
          return new RawTargetRequest(method, target);
        }

        @Override
        public ClassicHttpRequest newHttpRequest(String method, URI uri) {
          return new RawTargetRequest(method, uri.toString());
        }
      };

  private final String target;

  private RawTargetRequest(String method, String target) {
    super(method, "/");
    this.target = target;
  }

  String target() {
    return target;
  }
}
