package dev.cloudtask.lambdaruntime;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The function's standard output as the cloud reads it: plain bytes, and between them frames that
 * only this runtime writes.
 *
 * <p>A frame begins with a NUL byte, the secret of this process, one letter for its kind and eight
 * hexadecimal digits for the length of what follows. Frames keep a logger's message of several
 * lines one event, and mark in the stream where an invocation ends.
 */
public final class LogFrames {
  /** The JVM is up. No content. */
  public static final char BOOTED = 'B';

  /** The JVM has warmed up and waits for its function. No content. */
  public static final char WAITING = 'W';

  /** One message of the function's logger. */
  public static final char MESSAGE = 'L';

  /** Everything that this invocation printed has been written. The content is its request id. */
  public static final char END = 'E';

  /** How many hexadecimal digits the length has. */
  public static final int LENGTH_DIGITS = 8;

  private final byte[] prefix;
  private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);

  LogFrames(String secret) {
    this.prefix = ("\0" + secret).getBytes(StandardCharsets.US_ASCII);
  }

  /** Writes a frame in one piece. */
  void write(char kind, byte[] content) {
    byte[] head = new byte[prefix.length + 1 + LENGTH_DIGITS];
    System.arraycopy(prefix, 0, head, 0, prefix.length);
    head[prefix.length] = (byte) kind;
    for (int i = 0; i < LENGTH_DIGITS; i++) {
      int digit = (content.length >>> (4 * (LENGTH_DIGITS - 1 - i))) & 15;
      head[prefix.length + 1 + i] = (byte) Character.forDigit(digit, 16);
    }
    synchronized (out) {
      try {
        out.write(head);
        out.write(content);
      } catch (IOException e) {
        // The cloud has gone: standard input ends in the same moment, and with it this process.
      }
    }
  }

  /** Returns the plain stream, for {@code System.out} and {@code System.err}. */
  OutputStream plain() {
    return new OutputStream() {
      @Override
      public void write(int octet) throws IOException {
        synchronized (out) {
          out.write(octet);
        }
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        synchronized (out) {
          out.write(bytes, offset, length);
        }
      }
    };
  }
}
