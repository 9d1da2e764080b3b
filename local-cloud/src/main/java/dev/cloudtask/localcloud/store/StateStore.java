package dev.cloudtask.localcloud.store;

import java.util.function.Supplier;

/**
 * The cloud's state: named ordered maps that change together.
 *
 * <p>Durability: when {@link #write} returns, the change has been handed to the operating system,
 * so it survives the death of this process at any moment; either all of it is there or nothing.
 */
public interface StateStore extends AutoCloseable {
  /** Returns the map of this name with text keys, made on first use. */
  <V> StateMap<String, V> map(String name, Codec<V> codec);

  /** Returns the map of this name with byte keys in unsigned order, made on first use. */
  <V> StateMap<byte[], V> byteMap(String name, Codec<V> codec);

  /** Deletes a whole map, inside {@link #write}. */
  void dropMap(String name);

  /**
   * Runs a change alone, and returns after it is durable. An exception undoes every change made and
   * goes on to the caller. Calls may nest; the outermost one commits. Keep it short: no I/O, no
   * waiting, no calls to functions inside.
   */
  <T> T write(Supplier<T> change);

  /** As {@link #write(Supplier)}, without a result. */
  default void write(Runnable change) {
    write(
        () -> {
          change.run();
          return Boolean.TRUE;
        });
  }

  @Override
  void close();
}
