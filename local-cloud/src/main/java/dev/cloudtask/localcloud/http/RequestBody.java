package dev.cloudtask.localcloud.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request: read from the connection when it is first asked for, kept from then on.
 *
 * <p>A service that has a size limit asks for {@link #bytes(int)}, so that a body over the limit is
 * refused before it is held in memory. Instances are used by one thread at a time.
 */
public final class RequestBody {
  /** Thrown by {@link #bytes(int)} when the body is larger than allowed. */
  public static final class TooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLargeException(int limit) {
      super("the request body is larger than " + limit + " bytes");
    }
  }

  /**
   * The largest body that is taken at all, in bytes: what fits into one Java array with room to
   * spare.
   */
  public static final int MAX_BYTES = 1 << 30;

  private final InputStream stream;
  private final long declaredLength;
  private byte @Nullable [] read;

  private RequestBody(InputStream stream, long declaredLength) {
    this.stream = stream;
    this.declaredLength = declaredLength;
  }

  /**
   * Returns a body that is read from a connection; {@code declaredLength} is -1 if none was
   * declared.
   */
  public static RequestBody of(InputStream stream, long declaredLength) {
    return new RequestBody(stream, declaredLength);
  }

  /** Returns a body with these bytes. */
  public static RequestBody of(byte[] bytes) {
    RequestBody body = new RequestBody(new ByteArrayInputStream(bytes), bytes.length);
    body.read = bytes;
    return body;
  }

  /** Returns a body with this text in UTF-8. */
  public static RequestBody of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns a body without content. */
  public static RequestBody empty() {
    return of(new byte[0]);
  }

  /** Returns the length the client declared, in bytes, if it declared one. */
  public OptionalLong declaredLength() {
    return declaredLength < 0 ? OptionalLong.empty() : OptionalLong.of(declaredLength);
  }

  /** Returns the whole body. */
  public byte[] bytes() {
    return bytes(MAX_BYTES);
  }

  /**
   * Returns the whole body if it has at most {@code limit} bytes.
   *
   * @throws TooLargeException if it has more
   * @throws UncheckedIOException if the client went away
   */
  public byte[] bytes(int limit) {
    byte[] known = read;
    if (known == null) {
      if (declaredLength > limit) {
        throw new TooLargeException(limit);
      }
      known = readUpTo(limit);
      read = known;
    }
    if (known.length > limit) {
      throw new TooLargeException(limit);
    }
    return known;
  }

  private byte[] readUpTo(int limit) {
    try {
      if (declaredLength >= 0) {
        return stream.readNBytes((int) declaredLength);
      }
      ByteArrayOutputStream collected = new ByteArrayOutputStream();
      byte[] buffer = new byte[16 * 1024];
      for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
        collected.write(buffer, 0, count);
        if (collected.size() > limit) {
          throw new TooLargeException(limit);
        }
      }
      return collected.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the whole body as UTF-8 text. */
  public String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }
}
