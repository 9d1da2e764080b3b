package dev.cloudtask.labs;

import dev.cloudtask.labs.checkpoint.Checkpoint;
import dev.cloudtask.labs.checkpoint.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A student's project in a folder of its own: a checkpoint in the archetype's frame. */
public record StudentProject(Path folder) {
  /** The top of this project's sources. */
  public static final Path REPOSITORY = Path.of("..");

  private static final Path FRAME =
      REPOSITORY.resolve("archetype/src/main/resources/archetype-resources/pom.xml");
  private static final Pattern FROM_PARENT = Pattern.compile("@([\\w.-]+)@");

  /** Writes a project as it is at some point of the course. */
  public static StudentProject write(Progress progress, Path folder) throws IOException {
    Checkpoint.derive(REPOSITORY, progress).writeTo(folder);
    Files.writeString(folder.resolve("pom.xml"), pom());
    return new StudentProject(folder);
  }

  /** Returns the pom as the archetype makes it. */
  public static String pom() throws IOException {
    String parent = Files.readString(REPOSITORY.resolve("pom.xml"));
    String frame =
        Files.readString(FRAME)
            .replace("${groupId}", "cloudtask")
            .replace("${artifactId}", "cloudtask")
            .replace("${version}", "1.0-SNAPSHOT")
            .replace("@project.version@", value(parent, "version"));
    Matcher property = FROM_PARENT.matcher(frame);
    return property.replaceAll(found -> value(parent, found.group(1)));
  }

  private static String value(String pom, String name) {
    Matcher value = Pattern.compile("<" + Pattern.quote(name) + ">([^<]+)</").matcher(pom);
    if (!value.find()) {
      throw new AssertionError("the parent pom has no " + name);
    }
    return Matcher.quoteReplacement(value.group(1));
  }

  /** Returns the text of a file. */
  public String text(String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }

  /** Writes a file. */
  public void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
