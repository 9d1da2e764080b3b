package dev.cloudtask.localcloud.services.cognito;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloudtask.localcloud.Fact;
import dev.cloudtask.localcloud.TestCloud;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The user pools API as a page's {@code fetch} meets it: unsigned, with an Origin, over a socket.
 */
class BrowserTest {
  private static final String ORIGIN = "https://d111111abcdef8.cloudfront.net";
  private static final String EXPOSED =
      "Access-Control-Expose-Headers: x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date";
  private static TestCloud cloud;

  @BeforeAll
  static void start() {
    cloud = TestCloud.start();
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  private static String send(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), cloud.endpoint().getPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String call(String operation, JsonObject body) throws IOException {
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    return send(
        "POST / HTTP/1.1\r\nHost: 127.0.0.1:"
            + cloud.endpoint().getPort()
            + "\r\nOrigin: "
            + ORIGIN
            + "\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: cors\r\n"
            + "Content-Type: application/x-amz-json-1.1\r\n"
            + "X-Amz-Target: AWSCognitoIdentityProviderService."
            + operation
            + "\r\nConnection: close\r\nContent-Length: "
            + bytes.length
            + "\r\n\r\n"
            + body);
  }

  private static JsonObject json(String... namesAndValues) {
    JsonObject json = new JsonObject();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      json.addProperty(namesAndValues[i], namesAndValues[i + 1]);
    }
    return json;
  }

  private static JsonObject body(String answer) {
    return JsonParser.parseString(answer.substring(answer.indexOf("\r\n\r\n") + 4))
        .getAsJsonObject();
  }

  @Fact("COG-002")
  @Test
  void page_signsUp_confirms_signsIn_andOut_withoutASignature() throws Exception {
    Pools pools = Pools.byEmail(cloud);
    String address = "page@example.com";
    String signUp =
        call(
            "SignUp",
            json("ClientId", pools.clientId, "Username", address, "Password", Pools.PASSWORD));
    assertThat(signUp)
        .startsWith("HTTP/1.1 200")
        .contains("Access-Control-Allow-Origin: *", EXPOSED)
        .contains("Content-Type: application/x-amz-json-1.1");
    assertThat(
            call("ResendConfirmationCode", json("ClientId", pools.clientId, "Username", address)))
        .startsWith("HTTP/1.1 200");
    assertThat(
            call(
                "ConfirmSignUp",
                json(
                    "ClientId",
                    pools.clientId,
                    "Username",
                    address,
                    "ConfirmationCode",
                    pools.code(address))))
        .startsWith("HTTP/1.1 200");
    JsonObject credentials = json("ClientId", pools.clientId, "AuthFlow", "USER_PASSWORD_AUTH");
    credentials.add("AuthParameters", json("USERNAME", address, "PASSWORD", Pools.PASSWORD));
    String accessToken =
        body(call("InitiateAuth", credentials))
            .getAsJsonObject("AuthenticationResult")
            .get("AccessToken")
            .getAsString();
    assertThat(body(call("GetUser", json("AccessToken", accessToken))).get("Username")).isNotNull();
    assertThat(call("ForgotPassword", json("ClientId", pools.clientId, "Username", address)))
        .startsWith("HTTP/1.1 200");
    assertThat(call("GlobalSignOut", json("AccessToken", accessToken))).startsWith("HTTP/1.1 200");
  }

  @Fact("COG-001")
  @Test
  void failure_isInBodyAndHeaders_andReadableByThePage() throws Exception {
    String answer =
        call("ForgotPassword", json("ClientId", "nosuchclient", "Username", "somebody"));

    assertThat(answer)
        .startsWith("HTTP/1.1 400")
        .contains("Content-Type: application/x-amz-json-1.1\r\n")
        .contains("x-amzn-ErrorType: ResourceNotFoundException:\r\n")
        .contains("x-amzn-ErrorMessage: User pool client nosuchclient does not exist.\r\n")
        .contains("Access-Control-Allow-Origin: *", EXPOSED)
        .endsWith(
            "{\"__type\":\"ResourceNotFoundException\",\"message\":\"User pool client nosuchclient"
                + " does not exist.\"}");
  }

  @Test
  void preflight_allowsWhatThePageAsksFor() throws Exception {
    String answer =
        send(
            "OPTIONS / HTTP/1.1\r\nHost: 127.0.0.1:"
                + cloud.endpoint().getPort()
                + "\r\nOrigin: "
                + ORIGIN
                + "\r\nAccess-Control-Request-Method: POST\r\n"
                + "Access-Control-Request-Headers: content-type,x-amz-target\r\n"
                + "Connection: close\r\n\r\n");

    assertThat(answer)
        .startsWith("HTTP/1.1 200")
        .contains("Access-Control-Allow-Origin: *")
        .contains("Access-Control-Allow-Headers: content-type,x-amz-target")
        .contains("Access-Control-Allow-Methods: POST")
        .contains("Access-Control-Max-Age: 172800");
  }

  @Test
  void operationsThatNeedASignature_areShutToForeignPages() throws Exception {
    JsonObject body = new JsonObject();
    body.addProperty("MaxResults", 10);

    assertThat(call("ListUserPools", body)).startsWith("HTTP/1.1 403");
  }
}
