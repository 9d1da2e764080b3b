package cloudtask.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code -Pstart} as somebody gives it after a clone: real Maven, a repository that has never seen
 * this project, Ctrl-C, and once more.
 */
@Tag("thorough")
@EnabledOnOs(value = OS.LINUX, disabledReason = "Ctrl-C is sent by kill, to a process group")
class StartProfileIT {
  private static final Path SOURCES = Path.of("..").toAbsolutePath().normalize();
  private static final Set<String> NOT_CLONED = Set.of("target", ".git", ".cloudtask");
  private static final String PASSWORD = "Correct-Horse-7";
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir private Path temp;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void endAll() throws IOException {
    for (Process maven : started) {
      maven.descendants().forEach(ProcessHandle::destroyForcibly);
      maven.destroyForcibly();
    }
    try (Stream<Path> paths = Files.walk(temp)) {
      for (Path link : paths.filter(Files::isSymbolicLink).toList()) {
        Files.delete(link); // before the folder goes, so that nothing can follow it
      }
    }
  }

  @Test
  void start_ctrlC_startAgain_theTaskIsStillThere() throws Exception {
    Path clone = temp.resolve("a clöne");
    copySources(clone);
    Path repository = libraries(temp.resolve("repository"));
    Path log = temp.resolve("maven.log");

    Process first = maven(clone, repository, log, "-Dport=0");
    JsonObject facts = facts(first, clone, log);
    assertThat(Files.readString(log)).contains("stack cloudtask is deployed");
    assertThat(repository.resolve("dev/cloudtask/cloudtask-archetype")).isDirectory();
    assertThat(send(facts.get("cloudFrontUrl").getAsString(), "GET", "", "").body())
        .contains("<html");
    String email = signUp(facts);
    String tasks = facts.get("apiUrl").getAsString() + "/tasks";
    send(tasks, "POST", token(facts, email), "{\"title\":\"Outlive the cloud\"}");
    end(first, clone, facts);

    Process second = maven(clone, repository, log, "-o", "-Dport=0");
    JsonObject again = facts(second, clone, log);
    assertThat(Files.readString(log)).contains("stack cloudtask is there, unchanged");
    assertThat(
            send(again.get("apiUrl").getAsString() + "/tasks", "GET", token(again, email), "")
                .body())
        .contains("Outlive the cloud");
    if (Chromium.executable().isPresent()) {
      seeInBrowser(again, email);
    }
    end(second, clone, again);
  }

  private static void seeInBrowser(JsonObject facts, String email) {
    try (Page page = Chromium.shared().newPage()) {
      page.navigate(facts.get("cloudFrontUrl").getAsString());
      page.locator("#sign-in-email").fill(email);
      page.locator("#sign-in-password").fill(PASSWORD);
      page.locator("#sign-in-password").press("Enter");
      page.getByText("Outlive the cloud").waitFor();
    }
  }

  private static void copySources(Path clone) throws IOException {
    Files.walkFileTree(
        SOURCES,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            if (NOT_CLONED.contains(folder.getFileName().toString())) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(clone.resolve(SOURCES.relativize(folder).toString()));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(file, clone.resolve(SOURCES.relativize(file).toString()));
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Makes a repository with everything that this machine has, but nothing of ours. */
  private static Path libraries(Path repository) throws IOException {
    Path real = Path.of(System.getProperty("maven.repo.local", ""));
    for (Path from : List.of(real, real.resolve("dev"))) {
      Path to = Files.createDirectories(repository.resolve(real.relativize(from).toString()));
      if (!Files.isDirectory(from)) {
        continue;
      }
      try (Stream<Path> entries = Files.list(from)) {
        for (Path entry : entries.filter(Files::isDirectory).toList()) {
          String name = entry.getFileName().toString();
          if (!name.equals("dev") && !name.equals("cloudtask")) {
            Files.createSymbolicLink(to.resolve(name), entry.toAbsolutePath());
          }
        }
      }
    }
    return repository;
  }

  private Process maven(Path clone, Path repository, Path log, String... more) throws IOException {
    // Whoever runs the tests in the background has them ignore Ctrl-C, and all their children.
    List<String> command = new ArrayList<>(List.of("setsid", "env", "--default-signal=INT"));
    command.add(Path.of(System.getProperty("maven.home", "")).resolve("bin/mvn").toString());
    command.addAll(List.of("-B", "-q", "-Pstart", "-Dmaven.repo.local=" + repository));
    if (System.getProperty("maven.mode", "").endsWith("true")) {
      command.add("-o");
    }
    command.addAll(List.of(more));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(clone.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("MAVEN_"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private static Path runFile(Path clone) {
    return clone.resolve("solutions/.cloudtask/run.json");
  }

  private static JsonObject facts(Process maven, Path clone, Path log) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(15);
    while (!Files.exists(runFile(clone)) && System.nanoTime() < deadline) {
      boolean ended = maven.waitFor(200, TimeUnit.MILLISECONDS);
      assertThat(ended).as(Files.readString(log)).isFalse();
    }
    return JsonParser.parseString(Files.readString(runFile(clone))).getAsJsonObject();
  }

  /** Ctrl-C: a signal to every process of the terminal's group. */
  private static void end(Process maven, Path clone, JsonObject facts) throws Exception {
    List<ProcessHandle> all = new ArrayList<>(maven.descendants().toList());
    assertThat(all).extracting(ProcessHandle::pid).contains(facts.get("pid").getAsLong());
    new ProcessBuilder("kill", "-INT", "--", "-" + maven.pid()).inheritIO().start().waitFor();
    assertThat(maven.waitFor(30, TimeUnit.SECONDS)).as("Maven has ended").isTrue();
    for (ProcessHandle process : all) {
      assertThat(process.onExit()).succeedsWithin(Duration.ofSeconds(20));
    }
    assertThat(runFile(clone)).doesNotExist();
  }

  private static String signUp(JsonObject facts) throws Exception {
    String email = "start-" + System.nanoTime() + "@example.com";
    JsonObject user = user(facts);
    user.addProperty("Username", email);
    user.addProperty("Password", PASSWORD);
    cognito(facts, "SignUp", user);
    String mail =
        send(
                facts.get("inboxUrl").getAsString() + "?email=" + email.replace("@", "%40"),
                "GET",
                "",
                "")
            .body();
    user.remove("Password");
    user.addProperty("ConfirmationCode", mail.replaceAll("(?s).*code is (\\d{6}).*", "$1"));
    cognito(facts, "ConfirmSignUp", user);
    return email;
  }

  private static String token(JsonObject facts, String email) throws Exception {
    JsonObject request = user(facts);
    request.addProperty("AuthFlow", "USER_PASSWORD_AUTH");
    JsonObject parameters = new JsonObject();
    parameters.addProperty("USERNAME", email);
    parameters.addProperty("PASSWORD", PASSWORD);
    request.add("AuthParameters", parameters);
    return JsonParser.parseString(cognito(facts, "InitiateAuth", request))
        .getAsJsonObject()
        .getAsJsonObject("AuthenticationResult")
        .get("IdToken")
        .getAsString();
  }

  private static JsonObject user(JsonObject facts) {
    JsonObject user = new JsonObject();
    user.addProperty("ClientId", facts.get("userPoolClientId").getAsString());
    return user;
  }

  private static String cognito(JsonObject facts, String operation, JsonObject body)
      throws Exception {
    HttpResponse<String> answer =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(facts.get("endpoint").getAsString() + "/"))
                .header("Content-Type", "application/x-amz-json-1.1")
                .header("X-Amz-Target", "AWSCognitoIdentityProviderService." + operation)
                .POST(BodyPublishers.ofString(body.toString()))
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private static HttpResponse<String> send(String url, String method, String token, String body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.header("Authorization", token);
    }
    HttpResponse<String> answer = HTTP.send(request.build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    return answer;
  }
}
