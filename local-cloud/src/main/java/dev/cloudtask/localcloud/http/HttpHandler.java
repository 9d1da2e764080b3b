package dev.cloudtask.localcloud.http;

/** What a server hands its requests to. Called from many threads. */
@FunctionalInterface
public interface HttpHandler {
  /** Answers one request. An exception that escapes is a defect and becomes a bare 500. */
  HttpResponse handle(HttpRequest request);
}
