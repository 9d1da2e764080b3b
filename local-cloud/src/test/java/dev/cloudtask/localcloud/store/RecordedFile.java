package dev.cloudtask.localcloud.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * A file system of H2's that writes down what is done to a file, so that the file can be made again
 * as a process leaves it that dies at any of these steps. Public, with a public constructor: H2
 * makes its instances itself.
 */
public final class RecordedFile extends FilePathWrapper {
  private static final String SCHEME = "recorded";
  private static final List<Step> STEPS = new ArrayList<>();

  static {
    FilePath.register(new RecordedFile());
  }

  /** One step: bytes at a position, or a new length. */
  record Step(long position, byte[] bytes, boolean truncates) {}

  /** Returns the name under which MVStore opens a file this way, with nothing written down yet. */
  static String name(String name) {
    synchronized (STEPS) {
      STEPS.clear();
    }
    return SCHEME + ":" + name;
  }

  static int stepCount() {
    synchronized (STEPS) {
      return STEPS.size();
    }
  }

  static List<Step> steps() {
    synchronized (STEPS) {
      return List.copyOf(STEPS);
    }
  }

  private static void note(Step step) {
    synchronized (STEPS) {
      STEPS.add(step);
    }
  }

  /** A file that grows step by step. */
  static final class Image {
    private byte[] bytes = new byte[1 << 16];
    private int length;

    void apply(Step step) {
      if (step.truncates()) {
        length = (int) Math.min(length, step.position());
      } else {
        write(step, step.bytes().length);
      }
    }

    /** Returns the file after the first {@code count} bytes of a step. */
    byte[] torn(Step step, int count) {
      Image torn = new Image();
      torn.bytes = bytes.clone();
      torn.length = length;
      torn.write(step, count);
      return torn.content();
    }

    byte[] content() {
      return Arrays.copyOf(bytes, length);
    }

    private void write(Step step, int count) {
      int end = Math.toIntExact(step.position() + count);
      if (end > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(end, bytes.length * 2));
      }
      if (step.position() > length) {
        Arrays.fill(bytes, length, (int) step.position(), (byte) 0);
      }
      System.arraycopy(step.bytes(), 0, bytes, (int) step.position(), count);
      length = Math.max(length, end);
    }
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    return new RecordedChannel(getBase().open(mode));
  }

  private static final class RecordedChannel extends FileBase {
    private final FileChannel file;

    RecordedChannel(FileChannel file) {
      this.file = file;
    }

    @Override
    public int read(ByteBuffer buffer, long position) throws IOException {
      return file.read(buffer, position);
    }

    @Override
    public int read(ByteBuffer buffer) throws IOException {
      return file.read(buffer);
    }

    @Override
    public int write(ByteBuffer buffer, long position) throws IOException {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      note(new Step(position, bytes, false));
      return file.write(buffer, position);
    }

    @Override
    public int write(ByteBuffer buffer) throws IOException {
      return write(buffer, position());
    }

    @Override
    public long position() throws IOException {
      return file.position();
    }

    @Override
    public FileChannel position(long position) throws IOException {
      file.position(position);
      return this;
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
      note(new Step(size, new byte[0], true));
      file.truncate(size);
      return this;
    }

    @Override
    public void force(boolean metaData) throws IOException {
      file.force(metaData);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
      return file.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
      file.close();
    }
  }
}
