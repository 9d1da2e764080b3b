package cloudtask.app;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloudtask.localcloud.LocalCloud;
import dev.cloudtask.localcloud.project.DeployedProject;
import dev.cloudtask.localcloud.project.ProjectDeployment;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthenticationResultType;

/** This project, deployed as it stands into a cloud of its own; once for a whole test run. */
final class DeployedApp implements AutoCloseable {
  /** The name of the stack. */
  static final String STACK = "cloudtask-test";

  private static final Pattern CODE = Pattern.compile("\\b\\d{6}\\b");
  private static @Nullable DeployedApp shared;

  private final SettableClock clock = new SettableClock();
  private final LocalCloud cloud;
  private final DeployedProject project;
  private final CognitoIdentityProviderClient cognito;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private DeployedApp() {
    cloud = LocalCloud.builder().clock(clock).start();
    project = ProjectDeployment.deploy(cloud, Path.of(""), STACK);
    cognito =
        CognitoIdentityProviderClient.builder()
            .endpointOverride(cloud.endpoint())
            .region(Region.of(cloud.region()))
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
  }

  /** Returns the deployed app, deployed on first use and closed with the JVM. */
  static synchronized DeployedApp shared() {
    DeployedApp known = shared;
    if (known == null) {
      known = new DeployedApp();
      shared = known;
      Runtime.getRuntime().addShutdownHook(new Thread(known::close));
    }
    return known;
  }

  LocalCloud cloud() {
    return cloud;
  }

  /** Returns an output of the stack, with names of AWS replaced by local ones. */
  String output(String name) {
    return project.output(name);
  }

  /** Returns where the page is, through CloudFront. */
  String url() {
    return output("CloudFrontUrl");
  }

  String newAddress() {
    return "user-" + UUID.randomUUID() + "@example.com";
  }

  /** Makes a user who has confirmed the address. */
  void signUp(String email, String password) {
    cognito.signUp(request -> request.clientId(clientId()).username(email).password(password));
    cognito.confirmSignUp(
        request -> request.clientId(clientId()).username(email).confirmationCode(code(email)));
  }

  String idToken(String email, String password) {
    return signIn(email, password).idToken();
  }

  AuthenticationResultType signIn(String email, String password) {
    return cognito
        .initiateAuth(
            request ->
                request
                    .clientId(clientId())
                    .authFlow(AuthFlowType.USER_PASSWORD_AUTH)
                    .authParameters(Map.of("USERNAME", email, "PASSWORD", password)))
        .authenticationResult();
  }

  /** Returns a genuine token of two hours ago; such tokens live for one. */
  String expiredIdToken(String email, String password) {
    clock.set(Duration.ofHours(-2));
    try {
      return idToken(email, password);
    } finally {
      clock.set(Duration.ZERO);
    }
  }

  private String clientId() {
    return output("UserPoolClientId");
  }

  /** Returns the code in the newest mail to an address. */
  String code(String email) {
    JsonArray mails =
        JsonParser.parseString(get(cloud.inbox() + "?email=" + email.replace("@", "%40")).body())
            .getAsJsonObject()
            .getAsJsonArray("messages");
    if (mails.isEmpty()) {
      throw new AssertionError("no mail to " + email);
    }
    JsonObject newest = mails.get(mails.size() - 1).getAsJsonObject();
    Matcher code = CODE.matcher(newest.getAsJsonObject("Body").get("text_part").getAsString());
    if (!code.find()) {
      throw new AssertionError("no code in " + newest);
    }
    return code.group();
  }

  /** Calls the API; {@code token} and {@code body} may be missing. */
  HttpResponse<String> call(
      String method, String path, @Nullable String token, @Nullable String body) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(output("ApiUrl") + path));
    if (token != null) {
      request.header("Authorization", token);
    }
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    return send(request.build());
  }

  HttpResponse<String> get(String url) {
    return send(HttpRequest.newBuilder(URI.create(url)).build());
  }

  HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    cognito.close();
    cloud.close();
  }

  private static final class SettableClock extends Clock {
    private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);

    void set(Duration ahead) {
      offset.set(ahead);
    }

    @Override
    public Instant instant() {
      return Instant.now().plus(offset.get());
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException("all time here is UTC");
    }
  }
}
