package dev.cloudtask.localcloud.store;

import java.nio.ByteBuffer;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;
import org.jspecify.annotations.Nullable;

/** A value, its bytes, or both: encoded once when it is put, decoded once when it is first read. */
final class Encoded<V> {
  private final byte[] bytes;
  private volatile @Nullable V value;

  Encoded(byte[] bytes, @Nullable V value) {
    this.bytes = bytes;
    this.value = value;
  }

  V value(Codec<V> codec) {
    V known = value;
    if (known == null) {
      known = codec.decode(bytes);
      value = known;
    }
    return known;
  }

  /** How MVStore keeps such values. */
  static final class Type<V> extends BasicDataType<Encoded<V>> {
    private final Codec<V> codec;

    Type(Codec<V> codec) {
      this.codec = codec;
    }

    @Override
    public int getMemory(Encoded<V> encoded) {
      return 48 + encoded.bytes.length;
    }

    @Override
    public void write(WriteBuffer buffer, Encoded<V> encoded) {
      buffer.putVarInt(encoded.bytes.length).put(encoded.bytes);
    }

    @Override
    public Encoded<V> read(ByteBuffer buffer) {
      byte[] bytes = new byte[DataUtils.readVarInt(buffer)];
      buffer.get(bytes);
      return new Encoded<>(bytes, null);
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"}) // arrays of generics have no other way
    public Encoded<V>[] createStorage(int size) {
      return new Encoded[size];
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Type<?> type && type.codec.equals(codec);
    }

    @Override
    public int hashCode() {
      return codec.hashCode();
    }
  }
}
