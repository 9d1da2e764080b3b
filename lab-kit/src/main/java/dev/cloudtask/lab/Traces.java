package dev.cloudtask.lab;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.cloudtask.localcloud.trace.Span;
import dev.cloudtask.localcloud.trace.Trace;
import dev.cloudtask.localcloud.trace.Tracer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What happened in the cloud since the step began, and why: every request with its decisions. Only
 * local-cloud tells; a message that is built without it must do.
 */
public final class Traces {
  private static final String FAILED_INIT = "initialisation ";

  private final Tracer tracer;
  private final Project project;
  private @Nullable Trace last;

  /**
   * A request that no policy allowed, or that one forbade.
   *
   * @param principal the ARN of who asked
   * @param action such as {@code dynamodb:PutItem}
   * @param resource the ARN that it was about
   * @param reason which statement decided, or that none allows it
   */
  public record Denial(String principal, String action, String resource, String reason) {
    /** Returns it in a sentence, as AWS words it. */
    public String words() {
      return principal
          + " is not authorized to perform: "
          + action
          + " on resource: "
          + resource
          + (reason.isEmpty() ? "" : " (" + reason + ")");
    }
  }

  /**
   * A function that did not answer.
   *
   * @param type the exception's class, or AWS's name of the failure
   * @param message what it says
   * @param place the line of the student's own code, {@code src/main/java/...:17}, if it is known
   */
  public record FunctionFailure(String type, String message, Optional<String> place) {
    /** Returns it in one line. */
    public String words() {
      return message.isEmpty() ? type : type + ": " + message;
    }
  }

  Traces(Tracer tracer, Project project) {
    this.tracer = tracer;
    this.project = project;
    forget();
  }

  /** Leaves out, from now on, all that has happened so far. */
  public void forget() {
    List<Trace> all = tracer.newest();
    last = all.isEmpty() ? null : all.get(all.size() - 1);
  }

  /** Returns the requests since the step began, oldest first. */
  public List<Trace> all() {
    List<Trace> all = tracer.newest();
    int from = last == null ? 0 : all.indexOf(last) + 1;
    return all.subList(from, all.size());
  }

  /** Returns all spans of a service since the step began, oldest first. */
  public List<Span> spans(String service) {
    return all().stream()
        .flatMap(trace -> trace.spans().stream())
        .filter(span -> span.service().equals(service))
        .toList();
  }

  /** Returns the operations that a service was asked for, such as {@code Query}, oldest first. */
  public List<String> operations(String service) {
    return spans(service).stream().map(Span::operation).toList();
  }

  /**
   * Returns what a function asked DynamoDB for since the step began, oldest first. Each span notes
   * the {@code operation} and the {@code table}; a list how many items were {@code scanned} for
   * those {@code returned}; a write its {@code condition}, if it had one.
   *
   * @param function what Lambda calls it
   */
  public List<Span> tableCalls(String function) {
    return all().stream()
        .map(Trace::root)
        .filter(span -> "dynamodb".equals(span.notes().get("service")))
        .filter(span -> span.notes().getOrDefault("caller", "").endsWith("/" + function))
        .toList();
  }

  /** Returns what was refused, newest first. */
  public List<Denial> denials() {
    List<Denial> found = new ArrayList<>();
    for (Span span : spans("iam")) {
      for (Span.Decision decision : span.decisions()) {
        if (!decision.allowed() && span.notes().containsKey("action")) {
          found.add(
              new Denial(
                  span.notes().getOrDefault("principal", ""),
                  span.notes().getOrDefault("action", ""),
                  span.notes().getOrDefault("resource", ""),
                  decision.reason()));
        }
      }
    }
    Collections.reverse(found);
    return found;
  }

  /** Returns the newest refusal that was not about writing logs: without logs a function works. */
  public Optional<Denial> denial() {
    return denials().stream().filter(denial -> !denial.action().startsWith("logs:")).findFirst();
  }

  /** Returns the newest failure of a function. */
  public Optional<FunctionFailure> functionFailure() {
    List<FunctionFailure> found = new ArrayList<>();
    for (Span span : spans("lambda")) {
      span.failure()
          .filter(text -> !text.startsWith(FAILED_INIT))
          .ifPresent(text -> found.add(functionFailure(text)));
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(found.get(found.size() - 1));
  }

  /**
   * Reads a failure as Lambda reports it: JSON with {@code errorType}, {@code errorMessage} and
   * {@code stackTrace}, or a sentence.
   */
  public FunctionFailure functionFailure(String payload) {
    JsonObject error = object(payload);
    if (error == null) {
      return new FunctionFailure("", payload, Optional.empty());
    }
    List<String> frames = new ArrayList<>();
    for (JsonObject at = error; at != null; at = cause(at)) {
      // The innermost cause is the one to look at: its frames go first.
      List<String> own = new ArrayList<>();
      if (at.get("stackTrace") != null && at.get("stackTrace").isJsonArray()) {
        at.getAsJsonArray("stackTrace").forEach(frame -> own.add(frame.getAsString()));
      }
      frames.addAll(0, own);
    }
    return new FunctionFailure(
        text(error, "errorType"), text(error, "errorMessage"), project.javaPlace(frames));
  }

  private static @Nullable JsonObject cause(JsonObject error) {
    JsonElement cause = error.get("cause");
    return cause != null && cause.isJsonObject() ? cause.getAsJsonObject() : null;
  }

  /** Returns the newest reason of API Gateway for an answer of its own. */
  public Optional<String> gatewayFault() {
    List<String> found = new ArrayList<>();
    for (Span span : spans("apigateway")) {
      span.decisions().stream()
          .filter(decision -> !decision.allowed())
          .forEach(decision -> found.add(decision.reason()));
      span.failure().ifPresent(found::add);
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(found.get(found.size() - 1));
  }

  /**
   * Returns the deepest cause of what went wrong last, in words: a denial before the function's
   * exception, that before API Gateway's own reason.
   */
  public Optional<String> cause() {
    return denial()
        .map(Denial::words)
        .or(() -> functionFailure().map(FunctionFailure::words))
        .or(this::gatewayFault);
  }

  private static @Nullable JsonObject object(String text) {
    try {
      JsonElement parsed = JsonParser.parseString(text);
      return parsed.isJsonObject() ? parsed.getAsJsonObject() : null;
    } catch (JsonParseException e) {
      return null;
    }
  }

  private static String text(JsonObject object, String name) {
    JsonElement value = object.get(name);
    return value == null || value.isJsonNull() ? "" : value.getAsString();
  }
}
