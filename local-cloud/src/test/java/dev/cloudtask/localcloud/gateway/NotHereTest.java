package dev.cloudtask.localcloud.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudtask.localcloud.TestCloud;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests for services of AWS that this cloud does not have, as their clients send them. */
class NotHereTest {
  private final TestCloud cloud = TestCloud.start();

  @AfterEach
  void close() {
    cloud.close();
  }

  private String post(String host, String type, String service, String body) throws IOException {
    String authorization =
        "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/"
            + service
            + "/aws4_request, SignedHeaders=host;x-amz-date, Signature=abc";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), cloud.endpoint().getPort())) {
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write(
              ("POST / HTTP/1.1\r\nHost: "
                      + host
                      + "\r\nX-Amz-Date: 20260101T000000Z\r\nAuthorization: "
                      + authorization
                      + "\r\nContent-Type: "
                      + type
                      + "\r\nConnection: close\r\nContent-Length: "
                      + body.length()
                      + "\r\n\r\n"
                      + body)
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void clientOfJson_readsWhatIsMissing_andWhatIsThere() throws IOException {
    assertThat(post("127.0.0.1", "application/x-amz-json-1.0", "sqs", "{}"))
        .startsWith("HTTP/1.1 501")
        .contains("x-amzn-ErrorType: NotImplementedException")
        .contains("{\"message\":\"local-cloud has nothing at the service sqs.")
        .contains("The services it emulates are: apigateway, cloudformation, cloudfront,");
  }

  @Test
  void clientOfXml_readsXml() throws IOException {
    assertThat(post("127.0.0.1", "application/x-www-form-urlencoded", "sns", "Action=ListTopics"))
        .startsWith("HTTP/1.1 501")
        .contains("<Code>NotImplementedException</Code>", "nothing at the service sns.");
  }

  @Test
  void hostOfAServiceThatIsNotHere_isNamed() throws IOException {
    assertThat(post("sqs.us-east-1.amazonaws.com", "application/x-amz-json-1.0", "sqs", "{}"))
        .startsWith("HTTP/1.1 501")
        .contains("nothing at sqs.us-east-1.amazonaws.com.");
  }
}
