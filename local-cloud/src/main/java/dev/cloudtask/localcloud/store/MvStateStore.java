package dev.cloudtask.localcloud.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.BasicDataType;
import org.h2.mvstore.type.StringDataType;

/**
 * State in H2's MVStore: in memory, or in one file.
 *
 * <p>MVStore's own auto-commit would lose acknowledged writes, so it is off. One lock orders all
 * changes; whoever has made a change then waits until some commit has covered it, so that changes
 * which arrive together share one commit. The file is written without forcing it to the disk: what
 * is acknowledged survives the process, not the power supply.
 *
 * <p>Every commit appends a chunk, and MVStore keeps dead chunks for 45 s unless told otherwise; a
 * commit a write would fill the disk. So dead chunks may be reused without waiting, and after every
 * {@link #COMPACT_EVERY_COMMITS} commits thinly filled chunks are written together. What may be
 * reused is dead for as many versions as MVStore keeps by default: with fewer, the newest chunk on
 * the disk may still need one that is being overwritten, and a process that dies then falls back
 * several changes (seen).
 */
public final class MvStateStore implements StateStore {
  private static final int COMPACT_EVERY_COMMITS = 256;
  private static final int TARGET_FILL_PERCENT = 60;
  private static final int COMPACT_BYTES = 4 * 1024 * 1024;
  private static final int CACHE_MEGABYTES = 64;
  private static final int HEADER_BYTES = 2 * 4096;

  private final MVStore store;
  private final boolean durable;
  private final int compactEveryCommits;
  private final ReentrantLock changeLock = new ReentrantLock();
  private final ReentrantLock commitLock = new ReentrantLock();
  private final Map<String, MvStateMap<?, ?>> maps = new ConcurrentHashMap<>();
  private final Deque<Runnable> undo = new ArrayDeque<>();
  private long changes;
  private volatile long committed;
  private long commits;

  private MvStateStore(MVStore store, boolean durable, int compactEveryCommits) {
    this.store = store;
    this.durable = durable;
    this.compactEveryCommits = compactEveryCommits;
  }

  /** Opens a store that lives as long as the process. */
  public static MvStateStore inMemory() {
    return new MvStateStore(new MVStore.Builder().autoCommitDisabled().open(), false, 0);
  }

  /**
   * Opens or creates the store in this file.
   *
   * @throws StoreInUseException if another process has it open
   * @throws StoreDamagedException if it is no store
   * @throws UncheckedIOException if the folder cannot be made
   */
  public static MvStateStore open(Path file) {
    return open(file, SteadyFilePath.name(file.toAbsolutePath().toString()), COMPACT_EVERY_COMMITS);
  }

  /** Opens the store under a name that H2's file systems know. */
  static MvStateStore open(Path file, String name, int compactEveryCommits) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      MVStore store = openOrBegin(file, name);
      store.setRetentionTime(0);
      return new MvStateStore(store, true, compactEveryCommits);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (MVStoreException e) {
      if (e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
        throw new StoreInUseException(file, e);
      }
      throw new StoreDamagedException(file, e);
    }
  }

  private static MVStore openOrBegin(Path file, String name) throws IOException {
    try {
      return openFile(name);
    } catch (MVStoreException e) {
      // A process that died while it made the file leaves less than its two headers: nothing can
      // have been acknowledged, so begin again.
      if (e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED || Files.size(file) > HEADER_BYTES) {
        throw e;
      }
      Files.delete(file);
      return openFile(name);
    }
  }

  private static MVStore openFile(String name) {
    return new MVStore.Builder()
        .fileName(name)
        .autoCommitDisabled()
        // "Disabled" is only the timer: above this many unsaved kilobytes MVStore would still
        // commit by itself, in the middle of a change.
        .autoCommitBufferSize(0)
        .cacheSize(CACHE_MEGABYTES)
        .open();
  }

  /** Thrown when another process has the file open. */
  public static final class StoreInUseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoreInUseException(Path file, Throwable cause) {
      super(
          "The state file "
              + file
              + " is in use: another local-cloud is running on it. Stop that one first, or choose"
              + " another folder.",
          cause);
    }
  }

  /** Thrown when the file is not one that this store has written. */
  public static final class StoreDamagedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoreDamagedException(Path file, Throwable cause) {
      super(
          "The state file "
              + file
              + " cannot be read: it is damaged, or no state file at all ("
              + cause.getMessage()
              + "). Move it away, or begin anew with \"-Dfresh\".",
          cause);
    }
  }

  @Override
  public <V> StateMap<String, V> map(String name, Codec<V> codec) {
    return open(name, StringDataType.INSTANCE, codec);
  }

  @Override
  public <V> StateMap<byte[], V> byteMap(String name, Codec<V> codec) {
    return open(name, new UnsignedBytes(), codec);
  }

  @SuppressWarnings("unchecked") // a map's name stands for one type of key and value
  private <K, V> StateMap<K, V> open(String name, BasicDataType<K> keys, Codec<V> codec) {
    MvStateMap<?, ?> known = maps.get(name);
    if (known != null) {
      return (StateMap<K, V>) known;
    }
    changeLock.lock();
    try {
      return (StateMap<K, V>)
          maps.computeIfAbsent(
              name,
              key -> {
                MVMap<K, Encoded<V>> map =
                    store.openMap(
                        key,
                        new MVMap.Builder<K, Encoded<V>>()
                            .keyType(keys)
                            .valueType(new Encoded.Type<>(codec)));
                return new MvStateMap<>(this, map, codec);
              });
    } finally {
      changeLock.unlock();
    }
  }

  @Override
  public void dropMap(String name) {
    requireWriting();
    StateMap<?, ?> map = maps.get(name);
    if (map != null) {
      // Emptied now, so that an undo can fill it again; an empty map costs one page.
      map.clear();
    }
  }

  @Override
  public <T> T write(Supplier<T> change) {
    if (changeLock.isHeldByCurrentThread()) {
      return runOrUndo(change); // if it fails, the outer change may go on without it
    }
    T result;
    long mine;
    changeLock.lock();
    try {
      result = runOrUndo(change);
      if (undo.isEmpty()) {
        return result; // nothing was changed
      }
      undo.clear();
      mine = ++changes;
    } finally {
      changeLock.unlock();
    }
    if (durable) {
      commitUpTo(mine);
    }
    return result;
  }

  private <T> T runOrUndo(Supplier<T> change) {
    int before = undo.size();
    boolean done = false;
    try {
      T result = change.get();
      done = true;
      return result;
    } finally {
      if (!done) {
        while (undo.size() > before) {
          undo.pop().run();
        }
      }
    }
  }

  private void commitUpTo(long wanted) {
    if (committed >= wanted) {
      return;
    }
    commitLock.lock();
    try {
      if (committed >= wanted) {
        return;
      }
      changeLock.lock();
      try {
        long covered = changes;
        commit();
        if (++commits % compactEveryCommits == 0) {
          wantHeader();
          store.compact(TARGET_FILL_PERCENT, COMPACT_BYTES);
        }
        committed = covered;
      } finally {
        changeLock.unlock();
      }
    } finally {
      commitLock.unlock();
    }
  }

  private void commit() {
    wantHeader();
    store.commit();
  }

  /**
   * Has the next chunk followed by a new file header.
   *
   * <p>MVStore writes the header now and then and finds newer chunks from there, one by one. If the
   * chunk that the header names has been overwritten meanwhile, and the process dies before the new
   * header is written, MVStore takes some older chunk for the newest (seen: twelve changes lost). A
   * header that names an impossibly old version is one that MVStore replaces at once.
   */
  private void wantHeader() {
    store.getStoreHeader().put("version", -1_000L);
  }

  void requireWriting() {
    if (!changeLock.isHeldByCurrentThread()) {
      throw new IllegalStateException("state changes only inside StateStore.write");
    }
  }

  void onUndo(Runnable restore) {
    undo.push(restore);
  }

  @Override
  public void close() {
    changeLock.lock();
    try {
      if (!store.isClosed()) {
        if (durable) {
          commit();
        }
        store.close();
      }
    } finally {
      changeLock.unlock();
    }
  }
}
