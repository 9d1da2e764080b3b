package dev.cloudtask.lab.code;

import dev.cloudtask.lab.Finding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The code of a project's functions, as fresh as it can be: the classes that Maven or the IDE
 * compiled before the tests, or, where nobody did (the tests play a project in another folder), the
 * sources compiled here. An old jar is never used.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/java-package.html">Java packages:
 *     classes at the top, libraries in lib/</a>
 */
public final class FunctionCode {
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final Path project;
  private final ClassPath classPath;
  private final PackageFiles packageFiles;

  /**
   * Looks at a project.
   *
   * @param project its folder
   */
  public FunctionCode(Path project) {
    this(project, ClassPath.ofThisJvm());
  }

  FunctionCode(Path project, ClassPath classPath) {
    this.project = project;
    this.classPath = classPath;
    this.packageFiles = PackageFiles.of(project.resolve("pom.xml"));
  }

  /**
   * Returns what stands for a file that the template names: for the package that the build would
   * make one made here, for everything else itself.
   *
   * @param named the file that the template names
   * @param folder where packages are put
   * @throws Finding if the code does not compile
   */
  public Path inPlaceOf(Path named, Path folder) {
    if (!packageFiles.makes(named)) {
      return named;
    }
    try {
      Path zip = folder.resolve("functions.zip");
      if (!Files.exists(zip)) {
        Files.write(zip, zip(classes(folder), Libraries.of(pom(), classPath).packaged()));
      }
      return zip;
    } catch (IOException e) {
      throw new UncheckedIOException("the functions' package cannot be made in " + folder, e);
    }
  }

  /** Compiles the code if nobody has; whether or not the template uses it. */
  public void requireCompiled(Path folder) {
    try {
      classes(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("the code cannot be compiled into " + folder, e);
    }
  }

  /**
   * Makes sure that the package of the last build is as new as the classes.
   *
   * @throws Finding if it is missing or old: it says which command makes it
   */
  public void requireFreshPackage(Path named) {
    Path classes = project.resolve("target").resolve("classes");
    String shown = project.relativize(named).toString().replace('\\', '/');
    String missing = Files.exists(named) ? "one that is older than your code" : "no such file";
    if (!Files.exists(named) || isOlder(named, newest(classes))) {
      throw Finding.of(Finding.Kind.NOT_TESTED, "took the package that your template names")
          .expected(shown + ", made of the code as it is now")
          .got(missing)
          .where(shown)
          .why(
              "The package is Maven's work, and an IDE runs no Maven: ./mvnw -q package"
                  + " \"-DskipTests\" makes it.")
          .found();
    }
  }

  private static boolean isOlder(Path file, FileTime time) {
    try {
      return Files.getLastModifiedTime(file).compareTo(time) < 0;
    } catch (IOException e) {
      return true;
    }
  }

  private static FileTime newest(Path folder) {
    if (!Files.isDirectory(folder)) {
      return FileTime.fromMillis(0);
    }
    try (Stream<Path> files = Files.walk(folder)) {
      FileTime newest = FileTime.fromMillis(0);
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        FileTime time = Files.getLastModifiedTime(file);
        newest = time.compareTo(newest) > 0 ? time : newest;
      }
      return newest;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look into " + folder, e);
    }
  }

  private Path pom() {
    return project.resolve("pom.xml");
  }

  private Path classes(Path folder) throws IOException {
    Path built = project.resolve("target").resolve("classes");
    if (classPath.contains(built)) {
      return built;
    }
    Path compiled = folder.resolve("classes");
    if (!Files.isDirectory(compiled)) {
      Libraries libraries = Libraries.of(pom(), classPath);
      Path draft = Files.createTempDirectory(folder, "classes-");
      new Compilation(project, "src/main/java")
          .run(
              Stream.concat(libraries.packaged().stream(), libraries.compileOnly().stream())
                  .toList(),
              draft);
      Path resources = project.resolve("src/main/resources");
      if (Files.isDirectory(resources)) {
        copy(resources, draft);
      }
      Files.move(draft, compiled);
    }
    return compiled;
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Path target = to.resolve(from.relativize(file).toString());
            Files.createDirectories(target.getParent());
            Files.copy(file, target);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Zips classes and libraries, the same bytes for the same files. */
  private static byte[] zip(Path classes, List<Path> libraries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes);
        Stream<Path> walk = Files.walk(classes)) {
      for (Path file : walk.filter(Files::isRegularFile).sorted().toList()) {
        put(zip, classes.relativize(file).toString().replace('\\', '/'), file);
      }
      for (Path library : libraries) {
        put(zip, "lib/" + library.getFileName(), library);
      }
    }
    return bytes.toByteArray();
  }

  /** Nothing is compressed: it travels through memory only, and jars are compressed already. */
  private static void put(ZipOutputStream zip, String name, Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    CRC32 checksum = new CRC32();
    checksum.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(NO_TIME);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(checksum.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
