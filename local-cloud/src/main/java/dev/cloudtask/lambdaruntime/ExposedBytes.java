package dev.cloudtask.lambdaruntime;

import java.io.ByteArrayOutputStream;

/** Collects bytes and hands out its array without copying it: results may have megabytes. */
final class ExposedBytes extends ByteArrayOutputStream {
  ExposedBytes(int capacity) {
    super(capacity);
  }

  /** Returns the array; only its first {@link #size()} bytes count. */
  byte[] array() {
    return buf;
  }
}
