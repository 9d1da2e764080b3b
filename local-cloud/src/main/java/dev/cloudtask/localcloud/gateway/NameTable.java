package dev.cloudtask.localcloud.gateway;

import dev.cloudtask.localcloud.http.HttpHandler;
import dev.cloudtask.localcloud.http.HttpServer;
import dev.cloudtask.localcloud.ports.LocalNames;
import dev.cloudtask.localcloud.store.Codec;
import dev.cloudtask.localcloud.store.StateMap;
import dev.cloudtask.localcloud.store.StateStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * {@link LocalNames} with a port per website and two per distribution, or three with TLS.
 *
 * <p>A name's ports are kept with the state. They are counted up from a little above the main port,
 * so that they stay clear of the ports a system hands out by itself; a cloud whose main port is any
 * free one takes free ports here too. If a kept port is taken by somebody else at a restart, the
 * name gets another one.
 */
final class NameTable implements LocalNames, AutoCloseable {
  /** The first site's port is this far above the main port: 4581 for 4566. */
  private static final int OFFSET = 15;

  private static final int PORTS_TO_TRY = 400;

  /**
   * A name's ports; {@code httpPort} is the http viewer's for a distribution, {@code tlsPort} the
   * one with real TLS, else 0.
   */
  record Entry(String awsHost, Kind kind, int port, int httpPort, int tlsPort) {}

  /** Whom a port stands for, how its clients are seen, and whether it speaks TLS. */
  record Meaning(String awsHost, boolean secure, boolean tls) {}

  private final StateStore store;
  private final StateMap<String, Entry> entries;
  private final HttpServer.Factory servers;
  private final String region;
  private final @Nullable SSLContext tls;
  private final Map<Integer, Meaning> meanings = new ConcurrentHashMap<>();
  private final Map<Integer, HttpServer> listening = new HashMap<>();
  private volatile HttpHandler handler =
      request -> {
        throw new IllegalStateException("the front desk is not open yet");
      };
  private volatile int mainPort;
  private boolean fixedPorts;

  NameTable(StateStore store, HttpServer.Factory servers, String region, @Nullable SSLContext tls) {
    this.store = store;
    this.entries = store.map("gateway.names", Codec.json(Entry.class));
    this.servers = servers;
    this.region = region;
    this.tls = tls;
  }

  /** Says who answers and where the main port is; {@code fixedPorts} if that port was asked for. */
  void open(HttpHandler desk, int port, boolean fixed) {
    handler = desk;
    mainPort = port;
    fixedPorts = fixed;
  }

  /** Returns what one of our own ports stands for; empty for the main port. */
  Optional<Meaning> meaning(int localPort) {
    return Optional.ofNullable(meanings.get(localPort));
  }

  /** Returns the shared endpoint. */
  URI endpoint() {
    return URI.create("http://127.0.0.1:" + mainPort);
  }

  @Override
  public synchronized URI publish(String awsHost, Kind kind) {
    Optional<Entry> known = entries.get(awsHost);
    if (known.isPresent() && listening.containsKey(known.get().port())) {
      return origin(known.get().port());
    }
    boolean distribution = kind == Kind.DISTRIBUTION;
    int port = listen(known.map(Entry::port), new Meaning(awsHost, distribution, false));
    int httpPort =
        distribution ? listen(known.map(Entry::httpPort), new Meaning(awsHost, false, false)) : 0;
    // A cloud that runs without TLS for once keeps the port for the next time.
    int tlsPort =
        distribution && tls != null
            ? listen(known.map(Entry::tlsPort), new Meaning(awsHost, true, true))
            : known.map(Entry::tlsPort).orElse(0);
    store.write(() -> entries.put(awsHost, new Entry(awsHost, kind, port, httpPort, tlsPort)));
    return origin(port);
  }

  private int listen(Optional<Integer> kept, Meaning meaning) {
    int wanted = kept.orElse(0);
    int first = wanted != 0 ? wanted : base();
    IOException last = null;
    for (int port = first; port < first + PORTS_TO_TRY; port = port == wanted ? base() : port + 1) {
      if (port != 0 && listening.containsKey(port)) {
        continue;
      }
      try {
        HttpServer server =
            servers.start(port, meaning.tls() ? tls : null, request -> handler.handle(request));
        listening.put(server.port(), server);
        meanings.put(server.port(), meaning);
        return server.port();
      } catch (IOException e) {
        last = e;
        if (port == 0) {
          break;
        }
      }
    }
    throw new UncheckedIOException(
        "no free port for " + meaning.awsHost(),
        last == null ? new IOException("all taken") : last);
  }

  private int base() {
    return fixedPorts ? mainPort + OFFSET : 0;
  }

  @Override
  public synchronized void withdraw(String awsHost) {
    entries
        .get(awsHost)
        .ifPresent(
            entry -> {
              stop(entry.port());
              stop(entry.httpPort());
              stop(entry.tlsPort());
              store.write(() -> entries.remove(awsHost));
            });
  }

  private void stop(int port) {
    meanings.remove(port);
    HttpServer server = listening.remove(port);
    if (server != null) {
      server.close();
    }
  }

  private static URI origin(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }

  @Override
  public Optional<URI> localOrigin(String awsHost) {
    Optional<Entry> entry = entries.get(awsHost);
    if (entry.isPresent()) {
      return Optional.of(origin(entry.get().port()));
    }
    String api = apiId(awsHost);
    if (!api.isEmpty()) {
      return Optional.of(endpoint().resolve("/restapis/" + api));
    }
    return AwsNames.isAws(awsHost) && !awsHost.endsWith(".cloudfront.net")
        ? Optional.of(endpoint())
        : Optional.empty();
  }

  @Override
  public Optional<URI> tlsOrigin(String awsHost) {
    return entries
        .get(awsHost)
        .filter(entry -> tls != null && entry.tlsPort() != 0)
        .map(entry -> URI.create("https://127.0.0.1:" + entry.tlsPort()));
  }

  private String apiId(String awsHost) {
    String suffix = ".execute-api." + region + ".amazonaws.com";
    return awsHost.endsWith(suffix) ? awsHost.substring(0, awsHost.length() - suffix.length()) : "";
  }

  @Override
  public String toLocal(String url) {
    int hostStart = url.indexOf("://") + 3;
    if (hostStart < 3 || !(url.startsWith("http://") || url.startsWith("https://"))) {
      return url;
    }
    int hostEnd = endOfAuthority(url, hostStart);
    String authority = url.substring(hostStart, hostEnd);
    String host = authority.replaceFirst(":\\d+$", "");
    String rest = url.substring(hostEnd);
    Optional<Entry> entry = entries.get(host);
    if (entry.isPresent()) {
      if (url.startsWith("https://") && entry.get().kind() == Kind.WEBSITE) {
        return url; // a website endpoint speaks no https: what leads nowhere on AWS does so here
      }
      boolean plain = url.startsWith("http://") && entry.get().kind() == Kind.DISTRIBUTION;
      return origin(plain ? entry.get().httpPort() : entry.get().port()) + rest;
    }
    String api = apiId(host);
    if (!api.isEmpty()) {
      return endpoint() + "/restapis/" + api + withUserRequest(rest);
    }
    if (host.equals("cognito-idp." + region + ".amazonaws.com")) {
      return endpoint() + rest;
    }
    return url;
  }

  /** {@link #toLocal} for a client that came over TLS and is to stay there. */
  String toLocalTls(String url) {
    int end = endOfAuthority(url, Math.min(url.length(), "https://".length()));
    return url.startsWith("https://")
        ? tlsOrigin(url.substring("https://".length(), end))
            .map(origin -> origin + url.substring(end))
            .orElseGet(() -> toLocal(url))
        : toLocal(url);
  }

  /** {@code /prod/tasks} becomes {@code /prod/_user_request_/tasks}. */
  private static String withUserRequest(String path) {
    int end = path.indexOf('/', 1);
    if (end < 0) {
      end = path.indexOf('?') < 0 ? path.length() : path.indexOf('?');
    }
    return path.isEmpty() || path.equals("/")
        ? path
        : path.substring(0, end) + "/_user_request_" + path.substring(end);
  }

  private static int endOfAuthority(String url, int from) {
    int i = from;
    while (i < url.length() && "/?#".indexOf(url.charAt(i)) < 0) {
      i++;
    }
    return i;
  }

  @Override
  public String toAws(String url) {
    int hostStart = url.indexOf("://") + 3;
    if (hostStart < 3) {
      return url;
    }
    int hostEnd = endOfAuthority(url, hostStart);
    String authority = url.substring(hostStart, hostEnd);
    int colon = authority.lastIndexOf(':');
    if (colon < 0 || !AwsNames.isLoopback(authority.substring(0, colon))) {
      return url;
    }
    Meaning meaning = meanings.get(portNumber(authority.substring(colon + 1)));
    if (meaning == null) {
      return url;
    }
    return (meaning.secure() ? "https://" : "http://") + meaning.awsHost() + url.substring(hostEnd);
  }

  private static int portNumber(String digits) {
    return digits.matches("\\d{1,5}") ? Integer.parseInt(digits) : -1;
  }

  @Override
  public synchronized void close() {
    listening.values().forEach(HttpServer::close);
    listening.clear();
    meanings.clear();
  }
}
