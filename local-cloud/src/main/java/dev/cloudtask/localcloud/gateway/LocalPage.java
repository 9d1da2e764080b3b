package dev.cloudtask.localcloud.gateway;

import dev.cloudtask.localcloud.http.HttpRequest;
import dev.cloudtask.localcloud.http.HttpResponse;

/**
 * Something of local-cloud's own on the shared endpoint that AWS does not have: health, inbox,
 * console.
 */
public interface LocalPage {
  /** Tells whether this page answers a raw path, for instance {@code /_localstack/health}. */
  boolean answers(String rawPath);

  /** Answers; called only for requests that no foreign page sent. */
  HttpResponse serve(HttpRequest request);
}
