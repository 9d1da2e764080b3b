package dev.cloudtask.localcloud;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.gateway.LocalPage;
import dev.cloudtask.localcloud.http.HttpRequest;
import dev.cloudtask.localcloud.http.HttpResponse;
import java.util.List;

/** {@code /_localstack/health}: tools that look for LocalStack find this cloud by it. */
final class HealthPage implements LocalPage {
  private final List<String> services;

  HealthPage(List<String> services) {
    this.services = List.copyOf(services);
  }

  @Override
  public boolean answers(String rawPath) {
    return rawPath.equals("/_localstack/health") || rawPath.equals("/health");
  }

  @Override
  public HttpResponse serve(HttpRequest request) {
    JsonObject running = new JsonObject();
    services.forEach(name -> running.addProperty(name, "running"));
    JsonObject answer = new JsonObject();
    answer.add("services", running);
    answer.addProperty("edition", "local-cloud");
    answer.addProperty("version", LocalCloud.version());
    return HttpResponse.of(200, "application/json", answer.toString());
  }
}
