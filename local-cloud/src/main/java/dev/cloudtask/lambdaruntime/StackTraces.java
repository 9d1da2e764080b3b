package dev.cloudtask.lambdaruntime;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Stack traces as functions see them: without the frames of this runtime. */
final class StackTraces {
  private static final String OURS = StackTraces.class.getPackageName() + ".";

  private StackTraces() {}

  /** Cuts this runtime's frames, and what is below them, off an exception and all it carries. */
  static <T extends Throwable> T cut(T failure) {
    cut(failure, Collections.newSetFromMap(new IdentityHashMap<>()));
    return failure;
  }

  private static void cut(@Nullable Throwable failure, Set<Throwable> seen) {
    if (failure == null || !seen.add(failure)) {
      return;
    }
    StackTraceElement[] frames = failure.getStackTrace();
    for (int i = 0; i < frames.length; i++) {
      if (frames[i].getClassName().startsWith(OURS)) {
        StackTraceElement[] kept = new StackTraceElement[i];
        System.arraycopy(frames, 0, kept, 0, i);
        failure.setStackTrace(kept);
        break;
      }
    }
    cut(failure.getCause(), seen);
    for (Throwable suppressed : failure.getSuppressed()) {
      cut(suppressed, seen);
    }
  }

  /** Prints a trace, cut. */
  static String print(Throwable failure) {
    StringWriter text = new StringWriter();
    cut(failure).printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  /** Returns an exception's message; if it has none, its type. */
  static String messageOf(Throwable failure) {
    String message = failure.getLocalizedMessage();
    return message == null ? failure.getClass().getName() : message;
  }
}
