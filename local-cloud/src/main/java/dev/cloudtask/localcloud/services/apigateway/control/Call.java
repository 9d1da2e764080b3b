package dev.cloudtask.localcloud.services.apigateway.control;

import dev.cloudtask.localcloud.http.QueryString;
import dev.cloudtask.localcloud.protocol.restjson.JsonBody;
import dev.cloudtask.localcloud.trace.Span;
import java.util.Map;
import java.util.Objects;

/**
 * A request to the control plane, as its operations see it.
 *
 * @param labels the path's labels, by their names in the service model
 */
record Call(Map<String, String> labels, QueryString query, JsonBody body, Span span) {
  String apiId() {
    return label("restapi_id");
  }

  String resourceId() {
    return label("resource_id");
  }

  String httpMethod() {
    return label("http_method");
  }

  String statusCode() {
    return label("status_code");
  }

  String label(String name) {
    return Objects.requireNonNull(labels.get(name), name);
  }

  boolean embeds(String what) {
    return query.all("embed").contains(what);
  }
}
