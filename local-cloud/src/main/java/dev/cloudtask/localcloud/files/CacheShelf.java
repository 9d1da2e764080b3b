package dev.cloudtask.localcloud.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A folder of the user's cache, kept from growing for ever. Files whose names are the same up to
 * the first dot are one entry; an entry may be deleted when it has not been used for a while and
 * there are enough newer ones. Whoever misses it makes it again.
 */
public final class CacheShelf {
  private static final String MARK = ".used";

  private final Path folder;
  private final int most;
  private final Duration kept;

  /**
   * Describes a shelf.
   *
   * @param most how many entries stay, whatever their age
   * @param kept how long an entry stays after its last use, however many there are
   */
  public CacheShelf(Path folder, int most, Duration kept) {
    this.folder = folder;
    this.most = most;
    this.kept = kept;
  }

  /** Notes that an entry is used now; on a cache that cannot be written, nothing happens. */
  public void use(Path entry) {
    try {
      // Written anew, so that the file system itself says when.
      PrivateFiles.replace(folder.resolve(key(entry) + MARK), new byte[0]);
    } catch (IOException e) {
      // Nothing can have been added either.
    }
  }

  /** Deletes what has not been used for long; what another process holds may stay. */
  public void sweep() {
    Map<String, FileTime> used = new HashMap<>();
    Map<String, List<Path>> files = new HashMap<>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.toList()) {
        files.computeIfAbsent(key(file), key -> new ArrayList<>()).add(file);
        used.merge(
            key(file), Files.getLastModifiedTime(file), (a, b) -> a.compareTo(b) > 0 ? a : b);
      }
    } catch (IOException e) {
      return; // somebody else is sweeping: the next time will do
    }
    List<Map.Entry<String, FileTime>> newestFirst =
        used.entrySet().stream()
            .sorted(Map.Entry.<String, FileTime>comparingByValue(Comparator.reverseOrder()))
            .toList();
    if (newestFirst.size() <= most) {
      return;
    }
    long newest = newestFirst.get(0).getValue().toMillis();
    for (Map.Entry<String, FileTime> entry : newestFirst.subList(most, newestFirst.size())) {
      if (newest - entry.getValue().toMillis() > kept.toMillis()) {
        files.getOrDefault(entry.getKey(), List.of()).forEach(PrivateFiles::deleteTree);
      }
    }
  }

  /** Drafts begin with a dot: each is an entry of its own. */
  private static String key(Path file) {
    String name = file.getFileName().toString();
    int dot = name.indexOf('.', 1);
    return dot < 0 || name.startsWith(".") ? name : name.substring(0, dot);
  }
}
