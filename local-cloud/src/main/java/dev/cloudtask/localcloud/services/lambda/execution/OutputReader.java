package dev.cloudtask.localcloud.services.lambda.execution;

import dev.cloudtask.lambdaruntime.LogFrames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads a child's standard output: lines, and between them the frames of {@link LogFrames}. A line
 * longer than an event may be is cut into several.
 */
final class OutputReader {
  /** Who is told what was read. Called by the reading thread. */
  interface Listener {
    /** A line that was printed, or a message that was logged in one piece. */
    void text(String text);

    /** A frame of another kind than a message. */
    void frame(char kind, String content);

    /** The output has ended: the process is gone, or about to go. */
    void ended();
  }

  /** The largest event CloudWatch Logs takes, in bytes. */
  static final int MAX_EVENT = 256 * 1024 - 26;

  private final byte[] prefix;
  private final InputStream in;
  private final Listener listener;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  OutputReader(String secret, InputStream in, Listener listener) {
    this.prefix = ("\0" + secret).getBytes(StandardCharsets.US_ASCII);
    this.in = in;
    this.listener = listener;
  }

  void run() {
    try {
      byte[] buffer = new byte[8192];
      int matched = 0;
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        for (int i = 0; i < count; i++) {
          byte octet = buffer[i];
          if (octet == prefix[matched]) {
            matched++;
            if (matched == prefix.length) {
              matched = 0;
              i = frame(buffer, i + 1, count) - 1;
            }
          } else {
            for (int k = 0; k < matched; k++) {
              take(prefix[k]);
            }
            matched = octet == prefix[0] ? 1 : 0;
            if (matched == 0) {
              take(octet);
            }
          }
        }
      }
    } catch (IOException e) {
      // The process was killed: what it had printed is read.
    }
    flush();
    listener.ended();
  }

  /** Reads a frame that begins at an index of the buffer; returns the index after it. */
  private int frame(byte[] buffer, int start, int count) throws IOException {
    Window window = new Window(buffer, start, count);
    String head = new String(window.take(1 + LogFrames.LENGTH_DIGITS), StandardCharsets.US_ASCII);
    String content =
        new String(window.take(Integer.parseInt(head.substring(1), 16)), StandardCharsets.UTF_8);
    flush();
    if (head.charAt(0) == LogFrames.MESSAGE) {
      emit(content);
    } else {
      listener.frame(head.charAt(0), content);
    }
    return window.next;
  }

  private final class Window {
    private final byte[] buffer;
    private final int end;
    private int next;

    Window(byte[] buffer, int start, int end) {
      this.buffer = buffer;
      this.next = start;
      this.end = end;
    }

    byte[] take(int length) throws IOException {
      byte[] taken = new byte[length];
      int there = Math.min(length, end - next);
      System.arraycopy(buffer, next, taken, 0, there);
      next += there;
      int more = in.readNBytes(taken, there, length - there);
      if (more < length - there) {
        throw new IOException("the output ended within a frame");
      }
      return taken;
    }
  }

  private void take(byte octet) {
    if (octet == '\n') {
      emitLine();
    } else {
      line.write(octet);
      if (line.size() >= MAX_EVENT) {
        emitLine();
      }
    }
  }

  private void flush() {
    if (line.size() > 0) {
      emitLine();
    }
  }

  private void emitLine() {
    listener.text(line.toString(StandardCharsets.UTF_8));
    line.reset();
  }

  private void emit(String message) {
    String rest = message;
    while (rest.length() > MAX_EVENT / 4
        && rest.getBytes(StandardCharsets.UTF_8).length > MAX_EVENT) {
      int cut = MAX_EVENT / 4;
      listener.text(rest.substring(0, cut));
      rest = rest.substring(cut);
    }
    listener.text(rest);
  }
}
