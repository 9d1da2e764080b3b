import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long from the birth of the cloud's JVM to the first signed-in answer, and how long an answer
 * takes when all is warm. Run it in a checkout, as often as you like:
 *
 * <pre>java local-cloud/src/bench/java/StartBenchmark.java [RUNS] [anew|kept]</pre>
 *
 * <p>Each run is one {@code ./mvnw -o -Pstart}, with a state that is new or kept. The first run after
 * a build makes the archives that the later ones start from.
 */
public final class StartBenchmark {
  private static final Path RUN = Path.of("solutions/.cloudtask/run.json");
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  public static void main(String[] arguments) throws Exception {
    int runs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
    boolean anew = arguments.length < 2 || arguments[1].equals("anew");
    for (int run = 0; run < runs; run++) {
      measure(anew);
    }
  }

  private static void measure(boolean anew) throws Exception {
    Files.deleteIfExists(RUN);
    List<String> command =
        new ArrayList<>(List.of("sh", "mvnw", "-o", "-q", "-Pstart", "-Dport=0"));
    if (anew) {
      command.add("-Dfresh");
    }
    Process maven =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Path.of("solutions/target/start-benchmark.log").toFile())
            .start();
    while (!Files.exists(RUN)) {
      if (maven.waitFor(10, java.util.concurrent.TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("see solutions/target/start-benchmark.log");
      }
    }
    String facts = Files.readString(RUN);
    ProcessHandle cloud =
        ProcessHandle.of(Long.parseLong(find(facts, "\"pid\": (\\d+)"))).orElseThrow();
    Instant born = cloud.info().startInstant().orElseThrow();
    String token = signIn(facts);
    String tasks = find(facts, "\"apiUrl\": \"([^\"]+)\"") + "/tasks";
    get(tasks, token);
    long first = millisSince(born);
    String id =
        find(send(tasks, "POST", token, "{\"title\":\"x\"}"), "\"taskId\":\"([^\"]+)\"");
    send(tasks + "/" + id, "PUT", token, "{\"completed\":true}");
    send(tasks + "/" + id, "DELETE", token, "");
    long allWarm = millisSince(born);
    double cpu = cloud.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1000.0;
    double childCpu =
        cloud
            .descendants()
            .mapToLong(child -> child.info().totalCpuDuration().orElse(Duration.ZERO).toMillis())
            .sum()
            / 1000.0;
    long children = cloud.descendants().count();
    for (int i = 0; i < 1_000; i++) {
      get(tasks, token);
    }
    double[] warm = new double[1_000];
    for (int i = 0; i < warm.length; i++) {
      long start = System.nanoTime();
      get(tasks, token);
      warm[i] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(warm);
    System.out.printf(
        Locale.ROOT,
        "%s: %s; first GET /tasks %d ms, all four functions %d ms after the JVM's birth; CPU %.1f s"
            + " + %.1f s in %d function JVMs; memory %s; warm GET /tasks median %.1f ms, p99 %.1f"
            + " ms%n",
        anew ? "anew" : "kept",
        find(facts, "\"timings\": \\{([^}]*)\\}").replaceAll("\\s+", " ").strip(),
        first,
        allWarm,
        cpu,
        childCpu,
        children,
        memory(cloud),
        warm[500],
        warm[990]);
    cloud.destroy();
    maven.waitFor();
  }

  private static String memory(ProcessHandle cloud) {
    List<ProcessHandle> all = new ArrayList<>(List.of(cloud));
    all.addAll(cloud.descendants().toList());
    List<String> shown = new ArrayList<>();
    for (ProcessHandle process : all) {
      try {
        String status = Files.readString(Path.of("/proc/" + process.pid() + "/status"));
        shown.add(Long.parseLong(find(status, "VmRSS:\\s+(\\d+)")) / 1024 + " MB");
      } catch (IOException e) {
        shown.add("?");
      }
    }
    return String.join(" + ", shown);
  }

  private static String signIn(String facts) throws Exception {
    String endpoint = find(facts, "\"endpoint\": \"([^\"]+)\"") + "/";
    String client = find(facts, "\"userPoolClientId\": \"([^\"]+)\"");
    String email = "bench-" + System.nanoTime() + "@example.com";
    String user = "\"ClientId\":\"" + client + "\",\"Username\":\"" + email + "\"";
    cognito(endpoint, "SignUp", "{" + user + ",\"Password\":\"Correct-Horse-7\"}");
    String mail =
        HTTP.send(
                HttpRequest.newBuilder(
                        URI.create(
                            find(facts, "\"inboxUrl\": \"([^\"]+)\"")
                                + "?email="
                                + email.replace("@", "%40")))
                    .build(),
                BodyHandlers.ofString())
            .body();
    String code = find(mail, "code is (\\d{6})");
    cognito(endpoint, "ConfirmSignUp", "{" + user + ",\"ConfirmationCode\":\"" + code + "\"}");
    String tokens =
        cognito(
            endpoint,
            "InitiateAuth",
            "{\"ClientId\":\""
                + client
                + "\",\"AuthFlow\":\"USER_PASSWORD_AUTH\",\"AuthParameters\":{\"USERNAME\":\""
                + email
                + "\",\"PASSWORD\":\"Correct-Horse-7\"}}");
    return find(tokens, "\"IdToken\":\"([^\"]+)\"");
  }

  private static String cognito(String endpoint, String operation, String body) throws Exception {
    HttpResponse<String> answer =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(endpoint))
                .header("Content-Type", "application/x-amz-json-1.1")
                .header("X-Amz-Target", "AWSCognitoIdentityProviderService." + operation)
                .POST(BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    return require(answer);
  }

  private static void get(String url, String token) throws Exception {
    require(
        HTTP.send(
            HttpRequest.newBuilder(URI.create(url)).header("Authorization", token).build(),
            BodyHandlers.ofString()));
  }

  private static String send(String url, String method, String token, String body)
      throws Exception {
    return require(
        HTTP.send(
            HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", token)
                .method(method, BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString()));
  }

  private static String require(HttpResponse<String> answer) {
    if (answer.statusCode() / 100 != 2) {
      throw new IllegalStateException(answer + " " + answer.body());
    }
    return answer.body();
  }

  private static long millisSince(Instant born) {
    return Duration.between(born, Instant.now()).toMillis();
  }

  private static String find(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    if (!matcher.find()) {
      throw new IllegalStateException("no " + pattern + " in " + text);
    }
    return matcher.group(1);
  }
}
