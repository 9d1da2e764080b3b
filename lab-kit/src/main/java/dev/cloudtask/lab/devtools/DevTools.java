package dev.cloudtask.lab.devtools;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A browser's process and the line to it. It ends with this JVM, at the latest. */
public final class DevTools implements AutoCloseable {
  private static final Pattern ADDRESS = Pattern.compile("DevTools listening on (ws://\\S+)");
  private static final long PATIENCE_SECONDS = 60;
  private static final List<String> OPTIONS =
      List.of(
          "--headless=new",
          "--remote-debugging-port=0",
          "--no-first-run",
          "--no-default-browser-check",
          "--disable-gpu",
          "--disable-extensions",
          "--disable-quic",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--mute-audio");

  private final Process process;
  private final Thread endWithUs;
  private final Map<Long, CompletableFuture<JsonObject>> calls = new ConcurrentHashMap<>();
  private final Map<String, List<String>> problems = new ConcurrentHashMap<>();
  private final AtomicLong lastCall = new AtomicLong();
  private @Nullable WebSocket line;

  private DevTools(Process process) {
    this.process = process;
    this.endWithUs = new Thread(this::kill, "end of the browser");
    Runtime.getRuntime().addShutdownHook(endWithUs);
  }

  /**
   * Starts a browser.
   *
   * @param profile an empty folder for all that it keeps
   */
  public static DevTools launch(Path executable, Path profile) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(executable.toString());
    command.addAll(OPTIONS);
    command.add("--user-data-dir=" + profile);
    if ("root".equals(System.getProperty("user.name"))) {
      command.add("--no-sandbox"); // Chromium's sandbox refuses to work for root
    }
    command.add("about:blank");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    DevTools devTools = new DevTools(process);
    process.getOutputStream().close();
    CompletableFuture<String> address = new CompletableFuture<>();
    Thread reader = new Thread(() -> read(process, address), "output of the browser");
    reader.setDaemon(true);
    reader.start();
    try {
      devTools.line =
          HttpClient.newHttpClient()
              .newWebSocketBuilder()
              .buildAsync(
                  URI.create(address.get(PATIENCE_SECONDS, TimeUnit.SECONDS)),
                  devTools.new Listener())
              .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return devTools;
    } catch (ExecutionException | TimeoutException e) {
      devTools.close();
      throw new IOException("the browser opened no line to it", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      devTools.close();
      throw new IOException("interrupted while the browser started", e);
    }
  }

  /** Reads all that it prints, so that it is never held up; the address is in one of the lines. */
  private static void read(Process process, CompletableFuture<String> address) {
    StringBuilder said = new StringBuilder();
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      for (String text = output.readLine(); text != null; text = output.readLine()) {
        Matcher found = ADDRESS.matcher(text);
        if (found.find()) {
          address.complete(found.group(1));
        } else if (!address.isDone()) {
          said.append(text).append('\n');
        }
      }
    } catch (IOException e) {
      said.append(e);
    }
    address.completeExceptionally(new IOException("the browser ended at once:\n" + said));
  }

  /**
   * Calls a method and waits for its answer.
   *
   * @param session of a page; empty for the browser itself
   * @throws DevToolsException if it is refused, or the browser is gone
   */
  public JsonObject call(String session, String method, JsonObject parameters) {
    long id = lastCall.incrementAndGet();
    JsonObject message = new JsonObject();
    message.addProperty("id", id);
    message.addProperty("method", method);
    message.add("params", parameters);
    if (!session.isEmpty()) {
      message.addProperty("sessionId", session);
    }
    CompletableFuture<JsonObject> answer = new CompletableFuture<>();
    calls.put(id, answer);
    try {
      synchronized (this) {
        WebSocket open = line;
        if (open == null) {
          throw new DevToolsException("the browser is gone");
        }
        // One message at a time: the socket takes no second one before the first has left.
        open.sendText(message.toString(), true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
      return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new DevToolsException(method + ": " + e.getCause());
    } catch (TimeoutException e) {
      throw new DevToolsException(method + ": no answer within " + PATIENCE_SECONDS + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DevToolsException(method + ": interrupted");
    } finally {
      calls.remove(id);
    }
  }

  /** Returns what the console of a page complained of so far. */
  public List<String> problems(String session) {
    List<String> own = problems.get(session);
    if (own == null) {
      return List.of();
    }
    synchronized (own) {
      return List.copyOf(own);
    }
  }

  private void receive(String text) {
    JsonObject message = JsonParser.parseString(text).getAsJsonObject();
    if (message.has("id")) {
      CompletableFuture<JsonObject> call = calls.get(message.get("id").getAsLong());
      if (call != null && message.has("error")) {
        call.completeExceptionally(
            new DevToolsException(message.getAsJsonObject("error").get("message").getAsString()));
      } else if (call != null) {
        call.complete(message.getAsJsonObject("result"));
      }
    } else if (message.has("sessionId")) {
      String problem = problem(message);
      if (!problem.isEmpty()) {
        List<String> own =
            problems.computeIfAbsent(
                message.get("sessionId").getAsString(), any -> new ArrayList<>());
        synchronized (own) {
          own.add(problem);
        }
      }
    }
  }

  private static String problem(JsonObject event) {
    JsonObject parameters = event.getAsJsonObject("params");
    switch (event.get("method").getAsString()) {
      case "Log.entryAdded" -> {
        JsonObject entry = parameters.getAsJsonObject("entry");
        String text = entry.get("text").getAsString();
        JsonElement url = entry.get("url");
        return entry.get("level").getAsString().equals("error")
            ? text
                + (url == null || text.contains(url.getAsString()) ? "" : " " + url.getAsString())
            : "";
      }
      case "Runtime.exceptionThrown" -> {
        JsonObject details = parameters.getAsJsonObject("exceptionDetails");
        JsonElement exception = details.get("exception");
        return exception != null && exception.getAsJsonObject().has("description")
            ? exception
                .getAsJsonObject()
                .get("description")
                .getAsString()
                .lines()
                .findFirst()
                .orElse("")
            : details.get("text").getAsString();
      }
      case "Runtime.consoleAPICalled" -> {
        if (!parameters.get("type").getAsString().equals("error")) {
          return "";
        }
        StringBuilder text = new StringBuilder();
        for (JsonElement argument : parameters.getAsJsonArray("args")) {
          JsonObject value = argument.getAsJsonObject();
          JsonElement shown = value.has("value") ? value.get("value") : value.get("description");
          text.append(text.isEmpty() ? "" : " ").append(shown == null ? "" : shown.getAsString());
        }
        return text.toString();
      }
      default -> {
        return "";
      }
    }
  }

  private void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  @Override
  public void close() {
    synchronized (this) {
      if (line != null) {
        line.abort();
        line = null;
      }
    }
    kill();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      Runtime.getRuntime().removeShutdownHook(endWithUs);
    } catch (IllegalStateException e) {
      // This JVM is ending, and the hook with it.
    }
  }

  /** Puts the parts of a message together. */
  private final class Listener implements WebSocket.Listener {
    private final StringBuilder parts = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      parts.append(part);
      if (last) {
        String text = parts.toString();
        parts.setLength(0);
        receive(text);
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
      gone("closed");
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      gone(String.valueOf(error));
    }

    private void gone(String why) {
      calls
          .values()
          .forEach(call -> call.completeExceptionally(new DevToolsException("gone: " + why)));
    }
  }
}
