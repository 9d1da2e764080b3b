package dev.cloudtask.localcloud.services.lambda;

import dev.cloudtask.localcloud.digest.Sha256;
import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.files.CacheFolder;
import dev.cloudtask.localcloud.files.CacheShelf;
import dev.cloudtask.localcloud.files.PrivateFiles;
import dev.cloudtask.localcloud.services.lambda.execution.CodeLayout;
import dev.cloudtask.localcloud.store.Codec;
import dev.cloudtask.localcloud.store.StateMap;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Code packages: kept in the store in pieces, named by their contents, and laid out on disk when a
 * function is about to run.
 *
 * <p>Jars in {@code lib/} go into the user's cache and before the function's own files on the class
 * path, so that a change of the code alone keeps the same libraries, and with them booted JVMs and
 * class archives. A large package without {@code lib/} (a fat jar) is put on the class path as one
 * library.
 */
final class CodeStore {
  private static final int MOST_LIBRARIES = 16;
  private static final Duration LIBRARIES_KEPT = Duration.ofDays(3);

  /** The most bytes a package may have unzipped. */
  static final long MAX_UNZIPPED = 262_144_000;

  private static final int PIECE = 256 * 1024;
  private static final int FAT = 256 * 1024;
  private static final String FAT_JAR = "function.jar";

  @SuppressWarnings("ArrayRecordComponent") // compared by Arrays.equals
  private record Checked(byte[] zip, FunctionCode code) {}

  private static volatile SoftReference<Checked> lastChecked = new SoftReference<>(null);

  private final CloudEnvironment cloud;
  private final StateMap<String, byte[]> pieces;
  private final Path folder;
  private final Path libraryCache;
  private final CacheShelf libraryShelf;
  private final Map<String, CodeLayout> layouts = new ConcurrentHashMap<>();

  CodeStore(CloudEnvironment cloud, Path folder) {
    this.cloud = cloud;
    this.pieces = cloud.store().map("lambda.code", Codec.BYTES);
    PrivateFiles.deleteTree(folder);
    this.folder = PrivateFiles.folder(folder);
    this.libraryCache = PrivateFiles.folder(CacheFolder.ofUser().resolve("libraries"));
    this.libraryShelf = new CacheShelf(libraryCache, MOST_LIBRARIES, LIBRARIES_KEPT);
  }

  /**
   * Checks a package as AWS does.
   *
   * @throws dev.cloudtask.localcloud.protocol.AwsException if it is no zip, empty, too large, or
   *     has names that lead out of it
   */
  FunctionCode check(byte[] zip) {
    // The functions of an app mostly come in one package, one after the other.
    Checked last = lastChecked.get();
    if (last != null && Arrays.equals(last.zip(), zip)) {
      return last.code();
    }
    byte[] hash = Sha256.of(zip);
    FunctionCode code =
        new FunctionCode(
            HexFormat.of().formatHex(hash), Base64.getEncoder().encodeToString(hash), zip.length);
    // Only what has passed is ever laid out, so the same bytes need not be unzipped again.
    if (!isLaidOut(code)) {
      inspect(zip);
    }
    lastChecked = new SoftReference<>(new Checked(zip, code));
    return code;
  }

  private static void inspect(byte[] zip) {
    long unzipped = 0;
    int entries = 0;
    byte[] buffer = new byte[16 * 1024];
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        requireInside(entry.getName());
        entries++;
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
          unzipped += count;
          if (unzipped >= MAX_UNZIPPED) {
            throw LambdaErrors.unzippedTooLarge();
          }
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw LambdaErrors.notAZip();
    }
    if (entries == 0) {
      throw zip.length >= 22 && zip[0] == 'P' && zip[1] == 'K'
          ? LambdaErrors.emptyZip()
          : LambdaErrors.notAZip();
    }
  }

  private static void requireInside(String name) {
    boolean absolute = name.startsWith("/") || name.startsWith("\\") || name.contains(":");
    if (absolute || Arrays.asList(name.split("[/\\\\]")).contains("..")) {
      throw LambdaErrors.notAZip();
    }
  }

  /** Keeps a checked package, unless it is there already; inside of a write. */
  void put(FunctionCode code, byte[] zip) {
    if (!pieces.ascending(code.key() + "/", code.key() + "0", 1).isEmpty()) {
      return;
    }
    for (int index = 0; index * PIECE < zip.length; index++) {
      int end = Math.min(zip.length, (index + 1) * PIECE);
      pieces.put(
          code.key() + "/" + String.format("%06d", index),
          Arrays.copyOfRange(zip, index * PIECE, end));
    }
  }

  /** Reads a package; empty if there is none of that key. */
  byte[] read(String key) {
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    pieces
        .ascending(key + "/", key + "0", Integer.MAX_VALUE)
        .forEach(piece -> zip.writeBytes(piece.getValue()));
    return zip.toByteArray();
  }

  /** Forgets packages that no function has any more; inside of a write. */
  void retain(Set<String> keys) {
    for (String piece : pieces.keys()) {
      if (!keys.contains(piece.substring(0, piece.indexOf('/')))) {
        pieces.remove(piece);
      }
    }
  }

  /** Returns a package laid out on disk, laying it out if that has not been done. */
  CodeLayout layout(FunctionCode code) {
    return layouts.computeIfAbsent(code.key(), key -> layOut(code));
  }

  private CodeLayout layOut(FunctionCode code) {
    Path files = PrivateFiles.folder(folder.resolve(code.key() + "-" + cloud.ids().hex(8)));
    if (isLaidOut(code)) {
      return fatJar(code, files);
    }
    byte[] zip = read(code.key());
    TreeMap<String, byte[]> libraries = new TreeMap<>();
    try {
      boolean hasLibraries = unpack(zip, null, libraries);
      if (!hasLibraries && zip.length > FAT) {
        keep(fatPlace(code), Map.of(FAT_JAR, zip));
        return fatJar(code, files);
      }
      unpack(zip, files, new TreeMap<>());
      return place(files, libraries);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot lay out the code package in " + files, e);
    }
  }

  /** Tells whether this is a fat jar that this cloud or an earlier one has laid out. */
  private boolean isLaidOut(FunctionCode code) {
    try {
      return Files.size(fatPlace(code).resolve(FAT_JAR)) == code.size();
    } catch (IOException e) {
      return false; // it is not there
    }
  }

  private CodeLayout fatJar(FunctionCode code, Path files) {
    return new CodeLayout(files, List.of(fatPlace(code).resolve(FAT_JAR)), fatHash(code));
  }

  private Path fatPlace(FunctionCode code) {
    return libraryCache.resolve(fatHash(code));
  }

  private static String fatHash(FunctionCode code) {
    return Sha256.hex("fat jar " + code.key()).substring(0, 40);
  }

  /** Goes through a package: collects its libraries, and writes the rest if there is a target. */
  private static boolean unpack(byte[] zip, @Nullable Path target, Map<String, byte[]> libraries)
      throws IOException {
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        String name = entry.getName();
        if (name.matches("lib/[^/]+\\.jar")) {
          libraries.put(name.substring("lib/".length()), in.readAllBytes());
        } else if (target != null && !entry.isDirectory()) {
          requireInside(name);
          Path file = target.resolve(name).normalize();
          if (!file.startsWith(target)) {
            throw new ZipException("the entry leads out of the package: " + name);
          }
          Files.createDirectories(file.getParent());
          Files.write(file, in.readAllBytes());
        }
      }
    }
    return !libraries.isEmpty();
  }

  private CodeLayout place(Path files, Map<String, byte[]> libraries) throws IOException {
    StringBuilder contents = new StringBuilder();
    libraries.forEach(
        (name, jar) -> contents.append(name).append(' ').append(Sha256.hex(jar)).append('\n'));
    String hash = Sha256.hex(contents.toString()).substring(0, 40);
    Path place = libraryCache.resolve(hash);
    keep(place, libraries);
    return new CodeLayout(files, libraries.keySet().stream().map(place::resolve).toList(), hash);
  }

  private void keep(Path place, Map<String, byte[]> libraries) throws IOException {
    if (libraries.isEmpty()) {
      return;
    }
    libraryShelf.use(place);
    if (Files.isDirectory(place)) {
      return;
    }
    Path draft = Files.createTempDirectory(libraryCache, ".draft-");
    for (Map.Entry<String, byte[]> library : libraries.entrySet()) {
      Files.write(draft.resolve(library.getKey()), library.getValue());
    }
    PrivateFiles.move(draft, place);
    libraryShelf.sweep();
  }
}
