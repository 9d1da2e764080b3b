package dev.cloudtask.localcloud.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudtask.localcloud.TestCloud;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.User;

/** What a stranger's web page in the student's browser can try, tried. */
class StrangersTest {
  private static final String EVIL = "https://evil.example";

  private final TestCloud cloud = TestCloud.start();

  @AfterEach
  void close() {
    cloud.close();
  }

  @Test
  void permittedCase_signedByALocalProgram_works() throws Exception {
    assertThat(send("GET", presigned("CreateUser", "honest"), "")).startsWith("HTTP/1.1 200");
    assertThat(users()).containsExactly("honest");
  }

  @Test
  void presignedQuery_inAnImageOfAForeignPage_doesNothing() throws Exception {
    String target = presigned("CreateUser", "mallory");

    assertThat(send("GET", target, "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n"))
        .startsWith("HTTP/1.1 403");
    assertThat(send("GET", target, "Sec-Fetch-Site: cross-site\r\nReferer: " + EVIL + "/page\r\n"))
        .startsWith("HTTP/1.1 403");
    assertThat(send("GET", target, "Origin: " + EVIL + "\r\n")).startsWith("HTTP/1.1 403");
    assertThat(send("GET", target, "Origin: null\r\n")).startsWith("HTTP/1.1 403");
    assertThat(users()).isEmpty();
  }

  @Test
  void formPostOfAForeignPage_doesNothing() throws Exception {
    for (String type :
        List.of(
            "application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x")) {
      String target = presigned(SdkHttpMethod.POST, "CreateUser", "mallory");
      assertThat(
              send(
                  "POST",
                  target,
                  "Origin: " + EVIL + "\r\nContent-Type: " + type + "\r\nContent-Length: 0\r\n"))
          .as(type)
          .startsWith("HTTP/1.1 403");
    }
    assertThat(users()).isEmpty();
  }

  @Test
  void originThatOnlyLooksLocal_isForeign() throws Exception {
    for (String origin :
        List.of(
            "http://localhost.evil.example",
            "http://127.0.0.1.evil.example",
            "http://evil.example#127.0.0.1",
            "http://127.0.0.1@evil.example",
            "file://")) {
      assertThat(send("GET", presigned("CreateUser", "mallory"), "Origin: " + origin + "\r\n"))
          .as(origin)
          .startsWith("HTTP/1.1 403");
    }
    assertThat(users()).isEmpty();
  }

  @Test
  void reboundHostName_isRefused_onEveryPath() throws Exception {
    for (String target : List.of("/", "/_localstack/health", "/_aws/ses", "/bucket/key")) {
      assertThat(sendTo("evil.example:4566", "GET", target, ""))
          .as(target)
          .startsWith("HTTP/1.1 403")
          .contains("not to \"evil.example\"");
    }
    assertThat(sendTo("", "GET", "/_aws/ses", "")).startsWith("HTTP/1.1 403");
  }

  @Test
  void inboxForAForeignPage_isShut() throws Exception {
    assertThat(send("GET", "/_aws/ses", "")).startsWith("HTTP/1.1 200");
    assertThat(send("GET", "/_aws/ses", "Origin: " + EVIL + "\r\n")).startsWith("HTTP/1.1 403");
    assertThat(send("DELETE", "/_aws/ses", "Origin: " + EVIL + "\r\n")).startsWith("HTTP/1.1 403");
  }

  @Test
  void otherAddressesOfThisMachine_areNotServed() throws Exception {
    int port = cloud.endpoint().getPort();
    List<InetAddress> others = new ArrayList<>();
    for (NetworkInterface nic : Collections.list(NetworkInterface.getNetworkInterfaces())) {
      for (InetAddress address : Collections.list(nic.getInetAddresses())) {
        if (!address.isLoopbackAddress() && !address.isLinkLocalAddress()) {
          others.add(address);
        }
      }
    }
    for (InetAddress address : others) {
      assertThatThrownBy(
              () -> {
                try (Socket socket = new Socket()) {
                  socket.connect(new InetSocketAddress(address, port), 2_000);
                }
              })
          .as(address.toString())
          .isInstanceOf(IOException.class);
    }
  }

  private List<String> users() {
    return cloud.client(IamClient.builder()).listUsers().users().stream()
        .map(User::userName)
        .toList();
  }

  /** The well-known credentials are no secret: whoever writes the page can sign for them. */
  private String presigned(String action, String userName) {
    return presigned(SdkHttpMethod.GET, action, userName);
  }

  private String presigned(SdkHttpMethod method, String action, String userName) {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .uri(URI.create(cloud.endpoint() + "/"))
            .method(method)
            .putRawQueryParameter("Action", action)
            .putRawQueryParameter("UserName", userName)
            .putRawQueryParameter("Version", "2010-05-08")
            .build();
    SdkHttpRequest signed =
        AwsV4HttpSigner.create()
            .sign(
                r ->
                    r.identity(AwsBasicCredentials.create("test", "test"))
                        .request(request)
                        .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "iam")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")
                        .putProperty(
                            AwsV4FamilyHttpSigner.AUTH_LOCATION,
                            AwsV4FamilyHttpSigner.AuthLocation.QUERY_STRING)
                        .putProperty(
                            AwsV4FamilyHttpSigner.EXPIRATION_DURATION,
                            java.time.Duration.ofMinutes(5)))
            .request();
    return "/?" + signed.encodedQueryParameters().orElseThrow();
  }

  private String send(String method, String target, String headers) throws IOException {
    return sendTo("127.0.0.1:" + cloud.endpoint().getPort(), method, target, headers);
  }

  private String sendTo(String host, String method, String target, String headers)
      throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), cloud.endpoint().getPort())) {
      socket.setSoTimeout(20_000);
      String request =
          method
              + " "
              + target
              + " HTTP/1.1\r\n"
              + (host.isEmpty() ? "" : "Host: " + host + "\r\n")
              + headers
              + "Connection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
