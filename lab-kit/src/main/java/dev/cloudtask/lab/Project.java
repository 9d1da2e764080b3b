package dev.cloudtask.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The student's project.
 *
 * @param folder with {@code template.yaml}, {@code website/} and {@code src/main/java/}
 */
public record Project(Path folder) {
  private static final Pattern FRAME =
      Pattern.compile("(?:at )?(?:[\\w.]+/)?([\\w.$]+)\\.[\\w$<>]+\\((\\w+\\.java):(\\d+)\\)");

  /** Makes the folder absolute. */
  public Project {
    folder = folder.toAbsolutePath().normalize();
  }

  /** Returns the template's file. */
  public Path template() {
    return folder.resolve("template.yaml");
  }

  /** Returns the folder with the page's files. */
  public Path website() {
    return folder.resolve("website");
  }

  /** Returns the names of the page's files, with slashes, in order; hidden ones are none. */
  public List<String> websiteFiles() {
    Path website = website();
    try (Stream<Path> files = Files.walk(website)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> website.relativize(file).toString().replace('\\', '/'))
          .filter(name -> !name.startsWith(".") && !name.contains("/."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the page's files could not be listed", e);
    }
  }

  /** Returns what is in one of the page's files; nothing, if there is no such file. */
  public byte[] websiteFile(String name) {
    try {
      Path file = website().resolve(name);
      return Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
    } catch (IOException e) {
      throw new UncheckedIOException("website/" + name + " could not be read", e);
    }
  }

  /** Tells whether the text of a lab is there: {@code labs/3-cognito} for lab 3. */
  boolean hasLab(int number) {
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(folder.resolve("labs"), number + "-*")) {
      return found.iterator().hasNext();
    } catch (IOException e) {
      return false;
    }
  }

  /** Returns the folder with the functions' sources. */
  public Path sources() {
    return folder.resolve("src").resolve("main").resolve("java");
  }

  /**
   * Returns the topmost line of a stack trace that is the student's own code, such as {@code
   * src/main/java/cloudtask/CreateTask.java:17}.
   *
   * @param trace frames, as {@code cloudtask.CreateTask.handleRequest(CreateTask.java:17)}; other
   *     lines are passed over
   */
  public Optional<String> javaPlace(List<String> trace) {
    for (String line : trace) {
      Matcher frame = FRAME.matcher(line.strip());
      if (frame.matches()) {
        String type = frame.group(1);
        int dot = type.lastIndexOf('.');
        String place =
            "src/main/java/"
                + (dot < 0 ? "" : type.substring(0, dot).replace('.', '/') + "/")
                + frame.group(2);
        if (Files.exists(folder.resolve(place))) {
          return Optional.of(place + ":" + frame.group(3));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Returns the source of a class, with the line of the first of these texts that is in it: {@code
   * src/main/java/cloudtask/CreateTask.java:17}; without a line if none is.
   *
   * @param className such as {@code cloudtask.CreateTask}; of a handler, what is before {@code ::}
   */
  public Optional<String> sourcePlace(String className, String... texts) {
    String place =
        "src/main/java/"
            + className.replaceFirst("::.*", "").replaceFirst("\\$.*", "").replace('.', '/')
            + ".java";
    Path file = folder.resolve(place);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    List<String> lines = lines(file);
    for (String text : texts) {
      for (int i = 0; i < lines.size(); i++) {
        if (lines.get(i).contains(text)) {
          return Optional.of(place + ":" + (i + 1));
        }
      }
    }
    return Optional.of(place);
  }

  /**
   * Returns the first line of the functions' sources that has a text in it, such as {@code
   * src/main/java/cloudtask/TaskStore.java:17}.
   */
  public Optional<String> sourceWith(String text) {
    try (Stream<Path> files = Files.walk(sources())) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).sorted().toList()) {
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
          if (lines.get(i).contains(text)) {
            return Optional.of(
                folder.relativize(file).toString().replace('\\', '/') + ":" + (i + 1));
          }
        }
      }
    } catch (IOException e) {
      // No sources, no place.
    }
    return Optional.empty();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      return List.of();
    }
  }
}
