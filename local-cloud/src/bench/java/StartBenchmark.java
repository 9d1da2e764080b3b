import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How long from the birth of the cloud's JVM to the first signed-in answer, and how long an answer
 * takes when all is warm. Run it in a checkout, as often as you like:
 *
 * <pre>java local-cloud/src/bench/java/StartBenchmark.java [RUNS] [anew|kept|first]</pre>
 *
 * <p>Each run is one {@code ./mvnw -o -Pstart}, with a state that is new or kept. The first run after
 * a build makes the archives that the later ones start from; {@code first} is such a run, in a cache
 * of its own and without any archive.
 *
 * <p>This JVM is the client. It has warmed up against a small server of its own before the cloud
 * starts, so that the figures are of the cloud and not of a client's first steps. After each run it
 * waits until the cloud has made what a next start needs (archives, signing keys).
 */
public final class StartBenchmark {
  private static final Path RUN = Path.of("solutions/.cloudtask/run.json");
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  public static void main(String[] arguments) throws Exception {
    int runs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
    String mode = arguments.length > 1 ? arguments[1] : "anew";
    if (!List.of("anew", "kept", "first").contains(mode)) {
      throw new IllegalArgumentException(mode + " is none of anew, kept, first");
    }
    warmUp();
    for (int run = 0; run < runs; run++) {
      measure(mode);
    }
  }

  /** Makes all calls that the measurement makes, a few hundred times, of a server that is no cloud. */
  private static void warmUp() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] answer =
        "{\"IdToken\":\"x\",\"taskId\":\"x\",\"text\":\"code is 123456\"}"
            .getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    String facts =
        "{\"endpoint\": \"%s\", \"userPoolClientId\": \"x\", \"inboxUrl\": \"%s/\"}"
            .formatted(url, url);
    for (int i = 0; i < 300; i++) {
      String token = signIn(facts);
      get(url, token);
      send(url, "POST", token, "{}");
    }
    server.stop(0);
  }

  private static void measure(String mode) throws Exception {
    Files.deleteIfExists(RUN);
    List<String> command =
        new ArrayList<>(List.of("sh", "mvnw", "-o", "-q", "-Pstart", "-Dport=0"));
    if (!mode.equals("kept")) {
      command.add("-Dfresh");
    }
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Path.of("solutions/target/start-benchmark.log").toFile());
    Path ownCache = Files.createTempDirectory("start-benchmark");
    if (mode.equals("first")) {
      delete(Path.of("solutions/.cloudtask/cache"));
      builder.environment().put("XDG_CACHE_HOME", ownCache.toString());
    }
    Process maven = builder.start();
    while (!Files.exists(RUN)) {
      if (maven.waitFor(10, java.util.concurrent.TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("see solutions/target/start-benchmark.log");
      }
    }
    String facts = Files.readString(RUN);
    ProcessHandle cloud =
        ProcessHandle.of(Long.parseLong(find(facts, "\"pid\": (\\d+)"))).orElseThrow();
    // The system itself tells when a process was born only to the second.
    Instant born =
        Files.getLastModifiedTime(RUN)
            .toInstant()
            .minusMillis(Long.parseLong(find(facts, "\"total\": (\\d+)")));
    String token = signIn(facts);
    long signedIn = millisSince(born);
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
        "%s: %s; after the JVM's birth: signed in %d ms, first GET /tasks %d ms, all four functions"
            + " %d ms; CPU by then %.1f s + %.1f s in %d function JVMs; memory %s; warm GET /tasks"
            + " median %.1f ms, p99 %.1f ms%n",
        mode,
        find(facts, "\"timings\": \\{([^}]*)\\}").replaceAll("\\s+", " ").strip(),
        signedIn,
        first,
        allWarm,
        cpu,
        childCpu,
        children,
        memory(cloud),
        warm[500],
        warm[990]);
    awaitIdle(cloud);
    cloud.destroy();
    maven.waitFor();
    delete(ownCache);
  }

  /** Waits until the cloud has used next to no processor time for a while, a minute at most. */
  private static void awaitIdle(ProcessHandle cloud) throws InterruptedException {
    Duration busy = Duration.ZERO;
    Instant deadline = Instant.now().plusSeconds(60);
    Instant quietSince = Instant.now();
    while (Instant.now().isBefore(deadline)
        && quietSince.plusSeconds(25).isAfter(Instant.now())) {
      Duration now =
          Stream.concat(Stream.of(cloud), cloud.descendants())
              .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
              .reduce(Duration.ZERO, Duration::plus);
      if (now.minus(busy).abs().toMillis() > 200) {
        quietSince = Instant.now();
      }
      busy = now;
      Thread.sleep(1_000);
    }
  }

  private static void delete(Path tree) throws IOException {
    if (Files.exists(tree)) {
      try (Stream<Path> files = Files.walk(tree)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
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
