package dev.cloudtask.archetype;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a student reads, kept as files: {@code src/test/golden}. With {@code -Dgolden=write} they
 * are written anew, to be looked at before they are committed.
 */
final class Golden {
  private static final Path FOLDER = Path.of("src", "test", "golden");

  private static final String CLOSING = "[ERROR] -> [Help 1]\n";

  private Golden() {}

  static void assertSame(String name, String output, Generated project) throws IOException {
    String text =
        output
            .replace("\r\n", "\n")
            .replace(project.folder().toString(), "PROJECT")
            .replaceAll("\u001B\\[[0-9;]*m", "")
            .replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:PORT")
            .replaceAll("-[a-z0-9]{12}\\b", "-RANDOM");
    int closing = text.indexOf(CLOSING);
    if (closing >= 0) {
      assertThat(text.substring(closing).lines())
          .as("Maven's own")
          .allMatch(l -> l.startsWith("[ERROR]"));
      text = text.substring(0, closing + CLOSING.length());
    }
    Path file = FOLDER.resolve(name + ".txt");
    if ("write".equals(System.getProperty("golden"))) {
      Files.createDirectories(FOLDER);
      Files.writeString(file, text);
    }
    assertThat(text).as(name).isEqualTo(Files.readString(file));
  }
}
