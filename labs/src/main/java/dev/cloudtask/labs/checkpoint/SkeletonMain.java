package dev.cloudtask.labs.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Writes checkpoint 0, the skeleton, for the archetype: {@code SkeletonMain REPOSITORY TARGET}. */
public final class SkeletonMain {
  private SkeletonMain() {}

  /** Runs; a complaint about the sources goes to standard error, and the exit code is 1. */
  public static void main(String[] args) throws IOException {
    Path target = Path.of(args[1]);
    try {
      Checkpoint skeleton = Checkpoint.derive(Path.of(args[0]), Progress.lab(0));
      delete(target);
      skeleton.writeTo(target);
    } catch (SourceException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  /** What a file was once derived from may be gone. */
  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> paths = Files.walk(folder)) {
      all = paths.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }
}
