package dev.cloudtask.localcloud.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * A file that an interrupted thread cannot close.
 *
 * <p>Java closes a {@link FileChannel} when a thread is interrupted while it reads or writes (JSR
 * 51): for MVStore that is the end of the whole store, because some function timed out. {@link
 * RandomAccessFile} has no such habit. Public, with a public constructor, because MVStore makes its
 * instances itself.
 */
public final class SteadyFilePath extends FilePathWrapper {
  private static final String SCHEME = "steady";

  static {
    FilePath.register(new SteadyFilePath());
  }

  /** Returns the name under which MVStore opens a file this way. */
  static String name(String file) {
    return SCHEME + ":" + file;
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    return new SteadyChannel(new RandomAccessFile(getBase().toString(), mode));
  }

  private static final class SteadyChannel extends FileBase {
    private final RandomAccessFile file;

    SteadyChannel(RandomAccessFile file) {
      this.file = file;
    }

    @Override
    public synchronized int read(ByteBuffer buffer, long position) throws IOException {
      file.seek(position);
      return read(buffer);
    }

    @Override
    public synchronized int read(ByteBuffer buffer) throws IOException {
      byte[] bytes = new byte[buffer.remaining()];
      int count = file.read(bytes);
      if (count > 0) {
        buffer.put(bytes, 0, count);
      }
      return count;
    }

    @Override
    public synchronized int write(ByteBuffer buffer, long position) throws IOException {
      file.seek(position);
      return write(buffer);
    }

    @Override
    public synchronized int write(ByteBuffer buffer) throws IOException {
      int count = buffer.remaining();
      if (buffer.hasArray()) {
        file.write(buffer.array(), buffer.arrayOffset() + buffer.position(), count);
        buffer.position(buffer.limit());
      } else {
        byte[] bytes = new byte[count];
        buffer.get(bytes);
        file.write(bytes);
      }
      return count;
    }

    @Override
    public synchronized long position() throws IOException {
      return file.getFilePointer();
    }

    @Override
    public synchronized FileChannel position(long position) throws IOException {
      file.seek(position);
      return this;
    }

    @Override
    public synchronized long size() throws IOException {
      return file.length();
    }

    @Override
    public synchronized FileChannel truncate(long size) throws IOException {
      if (size < file.length()) {
        file.setLength(size);
      }
      return this;
    }

    @Override
    public void force(boolean metaData) throws IOException {
      file.getFD().sync();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
      return file.getChannel().tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
      file.close();
    }
  }
}
