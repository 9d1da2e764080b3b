package dev.cloudtask.lambdaruntime;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The JSON that a failed invocation answers: {@code errorMessage}, {@code errorType}, {@code
 * stackTrace} and, nested, {@code cause}.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/java-exceptions.html">AWS Lambda
 *     function errors in Java</a>
 */
final class FailurePayload {
  private FailurePayload() {}

  /** Returns the payload of a fault without a trace. */
  static byte[] of(String message, @Nullable String type) {
    StringBuilder json = new StringBuilder(256);
    json.append("{\"errorMessage\":");
    quote(json, message);
    if (type != null) {
      json.append(",\"errorType\":");
      quote(json, type);
    }
    return json.append('}').toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Returns the payload of an exception, its causes nested. */
  static byte[] of(Throwable failure) {
    StringBuilder json = new StringBuilder(1024);
    append(json, failure, Collections.newSetFromMap(new IdentityHashMap<>()));
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void append(StringBuilder json, Throwable failure, Set<Throwable> seen) {
    seen.add(failure);
    json.append("{\"errorMessage\":");
    quote(json, StackTraces.messageOf(failure));
    json.append(",\"errorType\":");
    quote(json, failure.getClass().getName());
    json.append(",\"stackTrace\":[");
    StackTraceElement[] frames = failure.getStackTrace();
    for (int i = 0; i < frames.length; i++) {
      if (i > 0) {
        json.append(',');
      }
      quote(json, frames[i].toString());
    }
    json.append(']');
    Throwable cause = failure.getCause();
    if (cause != null && !seen.contains(cause)) {
      json.append(",\"cause\":");
      append(json, cause, seen);
    }
    json.append('}');
  }

  private static void quote(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c == '\n') {
        json.append("\\n");
      } else if (c == '\r') {
        json.append("\\r");
      } else if (c == '\t') {
        json.append("\\t");
      } else if (c < ' ' || Character.isSurrogate(c)) {
        json.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
          json.append(Character.forDigit((c >> shift) & 15, 16));
        }
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
