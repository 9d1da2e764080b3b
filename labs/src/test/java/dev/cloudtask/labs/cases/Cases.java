package dev.cloudtask.labs.cases;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds the cases beside the labs. */
final class Cases {
  private static final Path LABS = Path.of("");

  private Cases() {}

  /** Reads one case. */
  interface Reader<C> {
    C read(String shown, int lab, String id, Path path) throws IOException;
  }

  static List<Mistake> mistakes() throws IOException {
    return all(LABS, "mistakes", "mistake.yaml", Mistake::read);
  }

  static List<Variant> variants() throws IOException {
    return all(LABS, "variants", "variant.yaml", Variant::read);
  }

  /**
   * Reads all cases of a kind.
   *
   * @throws CaseException for a file that is no case, or one without its text
   */
  static <C> List<C> all(Path labs, String kind, String name, Reader<C> reader) throws IOException {
    List<C> found = new ArrayList<>();
    for (Path lab : folders(labs)) {
      if (!lab.getFileName().toString().matches("[1-6]-.+")) {
        continue;
      }
      for (Path folder : folders(lab.resolve(kind))) {
        Path file = folder.resolve(name);
        String id = folder.getFileName().toString();
        String shown = "labs/" + lab.getFileName() + "/" + kind + "/" + id + "/" + name;
        if (!id.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
          throw new CaseException(shown, 0, "a case is named in small letters, with hyphens.");
        }
        if (!Files.exists(file)) {
          throw new CaseException(shown, 0, "there is no such file.");
        }
        found.add(reader.read(shown, lab.getFileName().toString().charAt(0) - '0', id, file));
      }
    }
    return found;
  }

  private static List<Path> folders(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(Files::isDirectory).sorted().toList();
    }
  }
}
