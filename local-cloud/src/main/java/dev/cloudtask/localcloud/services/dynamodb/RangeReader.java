package dev.cloudtask.localcloud.services.dynamodb;

import dev.cloudtask.localcloud.services.dynamodb.item.AttributeValue;
import dev.cloudtask.localcloud.store.StateMap;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a range of keys, one after the other in either direction, read from the store in
 * small portions.
 */
final class RangeReader implements Iterator<Map<String, AttributeValue>> {
  /**
   * A range of keys.
   *
   * @param from the lowest, included; null for no bound
   * @param to the end, excluded; null for no bound
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Range(byte @Nullable [] from, byte @Nullable [] to) {}

  private static final int PORTION = 64;

  private final StateMap<byte[], Map<String, AttributeValue>> entries;
  private final boolean forward;
  private final byte @Nullable [] lowest;
  private byte @Nullable [] next;
  private final byte @Nullable [] end;
  private List<Map.Entry<byte[], Map<String, AttributeValue>>> portion = List.of();
  private int at;
  private boolean exhausted;

  RangeReader(StateMap<byte[], Map<String, AttributeValue>> entries, Range range, boolean forward) {
    this.entries = entries;
    this.forward = forward;
    this.lowest = range.from();
    this.next = forward ? range.from() : range.to();
    this.end = range.to();
    fetch();
  }

  private void fetch() {
    if (forward) {
      portion = entries.ascending(next, end, PORTION);
    } else {
      // One more, for the first may be the bound itself, which is excluded.
      portion = entries.descending(next, null, PORTION + 1);
      byte[] bound = next;
      if (bound != null && !portion.isEmpty() && Arrays.equals(portion.get(0).getKey(), bound)) {
        portion = portion.subList(1, portion.size());
      }
    }
    at = 0;
    exhausted = portion.isEmpty();
    if (!exhausted) {
      byte[] last = portion.get(portion.size() - 1).getKey();
      next = forward ? Arrays.copyOf(last, last.length + 1) : last;
    }
  }

  @Override
  public boolean hasNext() {
    if (at == portion.size() && !exhausted) {
      fetch();
    }
    if (at == portion.size()) {
      return false;
    }
    return forward
        || lowest == null
        || Arrays.compareUnsigned(portion.get(at).getKey(), lowest) >= 0;
  }

  @Override
  public Map<String, AttributeValue> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return portion.get(at++).getValue();
  }
}
