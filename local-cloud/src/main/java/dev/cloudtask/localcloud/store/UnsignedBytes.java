package dev.cloudtask.localcloud.store;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/** Keys of bytes, in the order of their unsigned values. */
final class UnsignedBytes extends BasicDataType<byte[]> {
  @Override
  public int getMemory(byte[] key) {
    return 24 + key.length;
  }

  @Override
  public int compare(byte[] a, byte[] b) {
    return Arrays.compareUnsigned(a, b);
  }

  @Override
  public void write(WriteBuffer buffer, byte[] key) {
    buffer.putVarInt(key.length).put(key);
  }

  @Override
  public byte[] read(ByteBuffer buffer) {
    byte[] key = new byte[DataUtils.readVarInt(buffer)];
    buffer.get(key);
    return key;
  }

  @Override
  public byte[][] createStorage(int size) {
    return new byte[size][];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof UnsignedBytes;
  }

  @Override
  public int hashCode() {
    return UnsignedBytes.class.hashCode();
  }
}
