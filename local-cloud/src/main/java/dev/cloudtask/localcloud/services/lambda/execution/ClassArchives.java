package dev.cloudtask.localcloud.services.lambda.execution;

import dev.cloudtask.localcloud.digest.Sha256;
import dev.cloudtask.localcloud.files.CacheShelf;
import dev.cloudtask.localcloud.files.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Archives of loaded classes, which halve the time a JVM needs to start: AppCDS before JDK 25, an
 * AOT cache from there on. One for each set of jars and JDK, kept in the user's cache.
 *
 * <p>AppCDS is made from the lists that the JVM writes of its classes and lambdas (JEP 310),
 * without running anything: the AWS SDK has more than five hundred lambdas on the way to its first
 * answer, and each one that is not in the archive is generated anew in every function's JVM.
 *
 * <p>An archive never decides whether a function runs: the JVM ignores one that does not fit, one
 * that has changed since it was made is not used, and one with which a JVM dies at its start is
 * deleted ({@link #condemn}).
 */
final class ClassArchives {
  private static final int AOT_CACHE_SINCE = 25;
  private static final Pattern LOADED =
      Pattern.compile("\\] (\\S+) source: (?!__|shared objects file \\(top\\))");
  private static final long TRAINING_SECONDS = 120;

  /** What an archive holds: if that changes, those in the users' caches are of no use any more. */
  private static final String CONTENT = "classes and lambdas";

  private static final int MOST = 16;
  private static final Duration KEPT = Duration.ofDays(3);

  private final Path folder;
  private final CacheShelf shelf;
  private final Set<String> inTraining = ConcurrentHashMap.newKeySet();

  ClassArchives(Path cache) {
    this.folder = PrivateFiles.folder(cache.resolve("archives"));
    this.shelf = new CacheShelf(folder, MOST, KEPT);
  }

  static String useOption(Path archive) {
    return (isAot() ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + archive;
  }

  /**
   * Returns the options that make an archive: in the course of a training run, or out of a list.
   *
   * @param classList the file with the names of the classes and lambdas to be in it
   */
  static List<String> makeOptions(Path archive, Path classList) {
    return isAot()
        ? List.of("-XX:AOTCacheOutput=" + archive)
        : List.of(
            "-Xshare:dump",
            "-XX:SharedClassListFile=" + classList,
            "-XX:SharedArchiveFile=" + archive);
  }

  /** Returns the option that has a JVM write down what an archive for it would hold. */
  static String logOption(Path file) {
    // In -Xlog a colon separates; quotes keep it in a Windows path.
    return isAot() ? "-Xlog:class+load:file=\"" + file + '"' : "-XX:DumpLoadedClassList=" + file;
  }

  private static boolean isAot() {
    return Runtime.version().feature() >= AOT_CACHE_SINCE;
  }

  /** Finds the archive for a class path, if there is one and it is as it was made. */
  Optional<Path> find(List<Path> classPath) {
    Path archive = fileFor(classPath);
    try {
      String expected = Files.readString(sealOf(archive), StandardCharsets.UTF_8);
      if (!expected.equals(seal(archive))) {
        return Optional.empty();
      }
      shelf.use(archive);
      return Optional.of(archive);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Deletes the archive for a class path: a JVM that used it died. */
  void condemn(List<Path> classPath) {
    Path archive = fileFor(classPath);
    PrivateFiles.deleteTree(sealOf(archive));
    PrivateFiles.deleteTree(archive);
  }

  /**
   * Makes the archive for a spec out of the classes that one of its JVMs has loaded, in a JVM that
   * runs none of the function's code.
   *
   * @param classLogs what such JVMs have written down ({@link #logOption})
   * @return whether there is a new archive
   */
  boolean train(JavaCommand command, JvmSpec spec, List<Path> classLogs, Path workFolder) {
    Path archive = fileFor(command.libraryPath(spec));
    String key = archive.getFileName().toString();
    if (!inTraining.add(key)) {
      return false;
    }
    Path lockFile = folder.resolve(key + ".lock");
    try (FileChannel channel =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock == null || find(command.libraryPath(spec)).isPresent()) {
        return false; // another cloud of this user is at it, or was
      }
      Path draft = folder.resolve(key + "." + ProcessHandle.current().pid() + ".draft");
      Path list = folder.resolve(key + ".classes");
      Files.write(list, isAot() ? loadedClasses(classLogs) : listedClasses(classLogs));
      boolean made = run(command.trainer(spec, draft, list), list, workFolder, draft);
      Files.delete(list);
      PrivateFiles.deleteTree(draft.resolveSibling(draft.getFileName() + ".config"));
      if (!made) {
        PrivateFiles.deleteTree(draft);
      } else {
        Files.deleteIfExists(sealOf(archive));
        PrivateFiles.deleteTree(archive);
        PrivateFiles.move(draft, archive);
        PrivateFiles.write(sealOf(archive), seal(archive).getBytes(StandardCharsets.UTF_8));
        shelf.sweep();
      }
      return made;
    } catch (IOException | OverlappingFileLockException e) {
      System.getLogger("local-cloud")
          .log(System.Logger.Level.DEBUG, "no class archive for " + spec.libraryHash(), e);
      return false;
    } finally {
      inTraining.remove(key);
    }
  }

  private static Set<String> loadedClasses(List<Path> classLogs) throws IOException {
    Set<String> names = new LinkedHashSet<>();
    for (String line : wholeLines(classLogs)) {
      Matcher matcher = LOADED.matcher(line);
      if (matcher.find() && !matcher.group(1).contains("/") && !matcher.group(1).contains("$$")) {
        names.add(matcher.group(1));
      }
    }
    return names;
  }

  private static Set<String> listedClasses(List<Path> classLogs) throws IOException {
    Set<String> lines = new LinkedHashSet<>(wholeLines(classLogs));
    lines.removeIf(line -> line.contains(" source: ")); // by a class loader of the function's own
    return lines;
  }

  /** Returns the lines of files that are still being written, without the last, begun one. */
  private static List<String> wholeLines(List<Path> files) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Path file : files) {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      lines.addAll(text.substring(0, text.lastIndexOf('\n') + 1).lines().toList());
    }
    return lines;
  }

  private static boolean run(List<String> command, Path input, Path workFolder, Path draft)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(workFolder.toFile())
            .redirectInput(input.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().keySet().removeIf(name -> !name.equalsIgnoreCase("SYSTEMROOT"));
    Process process = builder.start();
    try {
      return process.waitFor(TRAINING_SECONDS, TimeUnit.SECONDS)
          && process.exitValue() == 0
          && Files.isRegularFile(draft);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private Path fileFor(List<Path> classPath) {
    String jars = classPath.stream().map(ClassArchives::identity).collect(Collectors.joining("\n"));
    String jdk =
        System.getProperty("java.vm.version")
            + System.getProperty("java.vm.vendor")
            + identity(Path.of(System.getProperty("java.home"), "lib", "modules"));
    String suffix = isAot() ? ".aot" : ".jsa";
    return folder.resolve(Sha256.hex(CONTENT + "\n" + jdk + "\n" + jars).substring(0, 40) + suffix);
  }

  private static String identity(Path file) {
    try {
      return file + ":" + Files.size(file) + ":" + Files.getLastModifiedTime(file).toMillis();
    } catch (IOException e) {
      return file + ":?";
    }
  }

  private static Path sealOf(Path archive) {
    return archive.resolveSibling(archive.getFileName() + ".seal");
  }

  private static String seal(Path archive) throws IOException {
    return Files.size(archive) + ":" + Files.getLastModifiedTime(archive).toMillis();
  }
}
