package dev.cloudtask.localcloud.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One ordered map of the store. Keys are text in the order of their UTF-16 code units, or bytes in
 * unsigned order.
 *
 * <p>Reading needs no lock and sees each single change whole. Changing is allowed only inside
 * {@link StateStore#write}.
 */
public interface StateMap<K, V> {
  /** Returns the value of a key. */
  Optional<V> get(K key);

  /**
   * Sets the value of a key.
   *
   * @return the value before
   * @throws IllegalStateException outside of {@link StateStore#write}
   */
  Optional<V> put(K key, V value);

  /**
   * Removes a key.
   *
   * @return the value before
   * @throws IllegalStateException outside of {@link StateStore#write}
   */
  Optional<V> remove(K key);

  /**
   * Returns up to {@code limit} entries in ascending order.
   *
   * @param from the lowest key, inclusive; null for the beginning
   * @param to the end, exclusive; null for no end
   */
  List<Map.Entry<K, V>> ascending(@Nullable K from, @Nullable K to, int limit);

  /**
   * Returns up to {@code limit} entries in descending order.
   *
   * @param from the highest key, inclusive; null for the end
   * @param to the lowest, exclusive; null for no bound
   */
  List<Map.Entry<K, V>> descending(@Nullable K from, @Nullable K to, int limit);

  /** Returns the number of entries. */
  long size();

  /** Returns all values in key order. */
  default List<V> values() {
    return ascending(null, null, Integer.MAX_VALUE).stream().map(Map.Entry::getValue).toList();
  }

  /** Returns all keys in order. */
  default List<K> keys() {
    return ascending(null, null, Integer.MAX_VALUE).stream().map(Map.Entry::getKey).toList();
  }

  /** Removes every entry, inside {@link StateStore#write}. */
  default void clear() {
    for (K key : keys()) {
      remove(key);
    }
  }
}
