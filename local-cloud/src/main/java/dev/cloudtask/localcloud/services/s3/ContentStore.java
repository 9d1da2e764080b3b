package dev.cloudtask.localcloud.services.s3;

import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.services.s3.StoredObject.Segment;
import dev.cloudtask.localcloud.store.Codec;
import dev.cloudtask.localcloud.store.StateMap;
import dev.cloudtask.localcloud.store.StateStore;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * The bytes of objects, in pieces of one mebibyte, apart from what is known about them.
 *
 * <p>Content is written once and never changed. Small content goes into the same change as its
 * metadata. Large content is written before, in several changes, under a mark that names it as not
 * yet belonging to an object; the mark goes away in the change that writes the metadata, and {@link
 * #sweep} deletes what a dead process left under a mark.
 */
final class ContentStore {
  static final int PIECE_BYTES = 1 << 20;
  private static final int DIRECT_BYTES = 8 * PIECE_BYTES;

  /** The content is no longer there: its object was replaced or deleted while it was being read. */
  static final class GoneException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private final CloudEnvironment environment;
  private final StateStore store;
  private final StateMap<byte[], byte[]> pieces;
  private final StateMap<String, String> marks;

  ContentStore(CloudEnvironment environment) {
    this.environment = environment;
    this.store = environment.store();
    this.pieces = store.byteMap("s3.content", Codec.BYTES);
    this.marks = store.map("s3.content.unowned", Codec.TEXT);
  }

  /** Content on its way into the store. */
  final class Staged {
    private final String id;
    private final byte[] content;
    private final boolean written;

    private Staged(String id, byte[] content, boolean written) {
      this.id = id;
      this.content = content;
      this.written = written;
    }

    String id() {
      return id;
    }

    long size() {
      return content.length;
    }

    /** Makes it belong to an object, inside the change that writes the object's metadata. */
    void keep() {
      if (written) {
        marks.remove(id);
      } else {
        write(id, content, 0, content.length);
      }
    }

    /** Deletes what was written for an operation that failed. */
    void discard() {
      if (written) {
        store.write(
            () -> {
              delete(id, content.length);
              marks.remove(id);
            });
      }
    }
  }

  /** Brings content near; call it outside of a change. */
  Staged stage(byte[] content) {
    String id = environment.ids().uuid();
    if (content.length <= DIRECT_BYTES) {
      return new Staged(id, content, false);
    }
    store.write(() -> marks.put(id, Integer.toString(content.length)));
    for (int from = 0; from < content.length; from += DIRECT_BYTES) {
      int begin = from;
      int end = Math.min(content.length, from + DIRECT_BYTES);
      store.write(() -> write(id, content, begin, end));
    }
    return new Staged(id, content, true);
  }

  /** Deletes content that a process wrote and did not live to attach to an object. */
  void sweep() {
    for (String id : marks.keys()) {
      store.write(() -> marks.remove(id).ifPresent(length -> delete(id, Integer.parseInt(length))));
    }
  }

  /** Deletes content, inside a change. */
  void delete(List<Segment> segments) {
    segments.forEach(segment -> delete(segment.contentId(), segment.size()));
  }

  private void delete(String id, long size) {
    for (int index = 0; (long) index * PIECE_BYTES < size; index++) {
      pieces.remove(pieceKey(id, index));
    }
  }

  private void write(String id, byte[] content, int begin, int end) {
    for (int from = begin; from < end; from += PIECE_BYTES) {
      int until = Math.min(end, from + PIECE_BYTES);
      byte[] piece =
          from == 0 && until == content.length ? content : Arrays.copyOfRange(content, from, until);
      pieces.put(pieceKey(id, from / PIECE_BYTES), piece);
    }
  }

  /** Takes pieces in order. */
  @FunctionalInterface
  interface Sink {
    void accept(byte[] bytes, int offset, int length);
  }

  /**
   * Reads a stretch of an object.
   *
   * @throws GoneException if it was deleted meanwhile
   */
  byte[] read(List<Segment> segments, long offset, int length) throws GoneException {
    byte[] result = new byte[length];
    int[] filled = {0};
    read(
        segments,
        offset,
        length,
        (bytes, from, count) -> {
          System.arraycopy(bytes, from, result, filled[0], count);
          filled[0] += count;
        });
    return result;
  }

  /** Reads a stretch of an object piece by piece. */
  void read(List<Segment> segments, long offset, long length, Sink sink) throws GoneException {
    long skip = offset;
    long left = length;
    for (Segment segment : segments) {
      if (left == 0) {
        return;
      }
      if (skip >= segment.size()) {
        skip -= segment.size();
        continue;
      }
      long inSegment = Math.min(left, segment.size() - skip);
      readSegment(segment, skip, inSegment, sink);
      left -= inSegment;
      skip = 0;
    }
  }

  private void readSegment(Segment segment, long offset, long length, Sink sink)
      throws GoneException {
    long at = offset;
    long end = offset + length;
    while (at < end) {
      int index = (int) (at / PIECE_BYTES);
      byte[] piece =
          pieces.get(pieceKey(segment.contentId(), index)).orElseThrow(GoneException::new);
      int from = (int) (at % PIECE_BYTES);
      int count = (int) Math.min(piece.length - from, end - at);
      sink.accept(piece, from, count);
      at += count;
    }
  }

  /** Returns the content ids that are in the store, for tests of cleanliness. */
  List<String> ids() {
    List<String> ids = new ArrayList<>();
    for (byte[] key : pieces.keys()) {
      ByteBuffer buffer = ByteBuffer.wrap(key);
      ids.add(new UUID(buffer.getLong(), buffer.getLong()).toString());
    }
    return ids.stream().distinct().toList();
  }

  private static byte[] pieceKey(String id, int index) {
    UUID uuid = UUID.fromString(id);
    return ByteBuffer.allocate(20)
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits())
        .putInt(index)
        .array();
  }
}
