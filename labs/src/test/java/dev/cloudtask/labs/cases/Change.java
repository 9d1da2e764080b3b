package dev.cloudtask.labs.cases;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What somebody did otherwise than the solution, in one file. */
sealed interface Change {
  /** Returns the file, by its path in the student's project. */
  String file();

  /** Makes the change in a project. */
  void make(Path project) throws IOException;

  /** Another text in the place of one that occurs once. */
  record Replace(String file, String text, String with, CaseText at) implements Change {
    @Override
    public void make(Path project) throws IOException {
      Path path = project.resolve(file);
      if (!Files.exists(path)) {
        throw at.complaint("the checkpoint has no file " + file);
      }
      String content = Files.readString(path);
      int first = content.indexOf(text);
      if (first < 0 || content.indexOf(text, first + 1) >= 0) {
        throw at.complaint(
            "this must occur exactly once in "
                + file
                + ", and occurs "
                + (first < 0 ? "nowhere" : "more often")
                + ": "
                + text);
      }
      Files.writeString(
          path, content.substring(0, first) + with + content.substring(first + text.length()));
    }
  }

  /** A new file. */
  record Create(String file, String content, CaseText at) implements Change {
    @Override
    public void make(Path project) throws IOException {
      Path path = project.resolve(file);
      if (Files.exists(path)) {
        throw at.complaint("the checkpoint has a file " + file + " already");
      }
      Files.createDirectories(path.getParent());
      Files.writeString(path, content);
    }
  }

  /** A file that is gone. */
  record Delete(String file, CaseText at) implements Change {
    @Override
    public void make(Path project) throws IOException {
      if (!Files.deleteIfExists(project.resolve(file))) {
        throw at.complaint("the checkpoint has no file " + file);
      }
    }
  }

  /** Reads the member {@code change} of a case. */
  static List<Change> read(CaseText changes) {
    List<Change> all = new ArrayList<>();
    changes
        .map()
        .forEach(
            (file, list) -> {
              for (CaseText each : list.list()) {
                all.add(read(file, each));
              }
            });
    if (all.isEmpty()) {
      throw changes.complaint("without a change it is the solution.");
    }
    return List.copyOf(all);
  }

  private static Change read(String file, CaseText change) {
    Map<String, CaseText> members = change.map();
    if (members.containsKey("replace")) {
      change.map(Set.of("replace", "with"), Set.of());
      return new Replace(
          file, members.get("replace").text(), members.get("with").anyText(), change);
    }
    if (members.containsKey("create")) {
      change.map(Set.of("create"), Set.of());
      return new Create(file, members.get("create").anyText(), change);
    }
    if (!change.map(Set.of("delete"), Set.of()).get("delete").text().equals("true")) {
      throw change.complaint("a file is deleted by \"delete: true\".");
    }
    return new Delete(file, change);
  }
}
