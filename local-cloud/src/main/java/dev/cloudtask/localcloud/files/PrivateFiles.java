package dev.cloudtask.localcloud.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders and files that only this user may read. */
public final class PrivateFiles {
  private PrivateFiles() {}

  /** Makes a folder, and its parents, closed to other users; one that is there is left alone. */
  public static Path folder(Path path) {
    try {
      if (Files.isDirectory(path)) {
        return path;
      }
      Path parent = path.getParent();
      if (parent != null) {
        folder(parent);
      }
      FileStore store = Files.getFileStore(parent == null ? path.toAbsolutePath() : parent);
      if (store.supportsFileAttributeView("posix")) {
        Files.createDirectory(
            path,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      } else {
        Files.createDirectory(path); // Windows: what is in the user's profile is the user's
      }
    } catch (FileAlreadyExistsException e) {
      // Another thread or process was faster.
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot make the folder " + path + ": is the disk full or the parent read-only?", e);
    }
    return path;
  }

  /** Writes a file so that it is there whole or not at all, whoever else writes it. */
  public static void write(Path file, byte[] content) {
    try {
      Path folder = folder(file.toAbsolutePath().resolveSibling(""));
      Path draft = Files.createTempFile(folder, ".draft-", ".tmp");
      Files.write(draft, content);
      move(draft, file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /** Writes a file whole, in place of what was there. */
  public static void replace(Path file, byte[] content) throws IOException {
    Path folder = folder(file.toAbsolutePath().resolveSibling(""));
    Path draft = Files.createTempFile(folder, ".draft-", ".tmp");
    Files.write(draft, content);
    replace(file, draft);
  }

  /** Puts a finished file in the place of what was there. */
  public static void replace(Path file, Path draft) throws IOException {
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Closes a file to other users; on Windows what is in the user's profile is the user's. */
  public static void close(Path file) throws IOException {
    if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
  }

  /** Puts a finished file or folder in its place; if another process was faster, its one stays. */
  public static void move(Path draft, Path place) throws IOException {
    try {
      Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (!Files.exists(place)) {
        throw e;
      }
      deleteTree(draft);
    }
  }

  /**
   * Deletes a file or a folder with all that is in it, as far as the system allows.
   *
   * @return whether all of it is gone
   */
  public static boolean deleteTree(Path root) {
    if (!Files.exists(root)) {
      return true;
    }
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(root)) {
      paths = walk.sorted(Comparator.reverseOrder()).toList();
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
    for (Path path : paths) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        // In use on Windows, or refilled by a process that is just ending: the next start clears.
      }
    }
    return !Files.exists(root);
  }
}
