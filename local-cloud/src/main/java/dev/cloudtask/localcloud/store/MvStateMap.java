package dev.cloudtask.localcloud.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/** One map of an {@link MvStateStore}. */
final class MvStateMap<K, V> implements StateMap<K, V> {
  private final MvStateStore store;
  private final MVMap<K, Encoded<V>> map;
  private final Codec<V> codec;
  private final Comparator<? super K> order;

  MvStateMap(MvStateStore store, MVMap<K, Encoded<V>> map, Codec<V> codec) {
    this.store = store;
    this.map = map;
    this.codec = codec;
    this.order = map.getKeyType();
  }

  @Override
  public Optional<V> get(K key) {
    return read(map.get(key));
  }

  @Override
  public Optional<V> put(K key, V value) {
    store.requireWriting();
    Encoded<V> before = map.put(key, new Encoded<>(codec.encode(value), value));
    store.onUndo(() -> restore(key, before));
    return read(before);
  }

  @Override
  public Optional<V> remove(K key) {
    store.requireWriting();
    Encoded<V> before = map.remove(key);
    if (before != null) {
      store.onUndo(() -> restore(key, before));
    }
    return read(before);
  }

  private void restore(K key, @Nullable Encoded<V> before) {
    if (before == null) {
      map.remove(key);
    } else {
      map.put(key, before);
    }
  }

  private Optional<V> read(@Nullable Encoded<V> encoded) {
    return encoded == null ? Optional.empty() : Optional.of(encoded.value(codec));
  }

  @Override
  public List<Map.Entry<K, V>> ascending(@Nullable K from, @Nullable K to, int limit) {
    List<Map.Entry<K, V>> found = new ArrayList<>();
    Cursor<K, Encoded<V>> cursor = map.cursor(from);
    while (found.size() < limit && cursor.hasNext()) {
      K key = cursor.next();
      if (to != null && order.compare(key, to) >= 0) {
        break;
      }
      found.add(Map.entry(key, cursor.getValue().value(codec)));
    }
    return found;
  }

  @Override
  public List<Map.Entry<K, V>> descending(@Nullable K from, @Nullable K to, int limit) {
    List<Map.Entry<K, V>> found = new ArrayList<>();
    Cursor<K, Encoded<V>> cursor = map.cursor(from, null, true);
    while (found.size() < limit && cursor.hasNext()) {
      K key = cursor.next();
      if (to != null && order.compare(key, to) <= 0) {
        break;
      }
      found.add(Map.entry(key, cursor.getValue().value(codec)));
    }
    return found;
  }

  @Override
  public long size() {
    return map.sizeAsLong();
  }
}
