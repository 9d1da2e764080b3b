package dev.cloudtask.localcloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

class LocalCloudTest {
  @Test
  void health_answersWhereToolsLook() throws Exception {
    try (TestCloud cloud = TestCloud.start()) {
      HttpResponse<String> answer = get(cloud, "/_localstack/health");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("\"edition\":\"local-cloud\"");
    }
  }

  @Test
  void healthForAForeignPage_isRefused() throws Exception {
    try (TestCloud cloud = TestCloud.start()) {
      HttpResponse<String> answer =
          get(cloud, "/_localstack/health", "Origin", "https://evil.example");
      assertThat(answer.statusCode()).isEqualTo(403);
    }
  }

  private static HttpResponse<String> get(TestCloud cloud, String path, String... headers)
      throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(cloud.endpoint() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return cloud.http().send(request.build(), BodyHandlers.ofString());
  }
}
