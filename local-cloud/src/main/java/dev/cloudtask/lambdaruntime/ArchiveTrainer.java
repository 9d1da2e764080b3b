package dev.cloudtask.lambdaruntime;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * Loads the classes named on standard input and ends, in a JVM that writes what it has loaded into
 * an archive for the next ones. Initialises none of the function's libraries: nothing of theirs
 * runs here.
 */
public final class ArchiveTrainer {
  private ArchiveTrainer() {}

  /** Runs the training. */
  public static void main(String[] arguments) throws IOException {
    ClassLoader loader = ArchiveTrainer.class.getClassLoader();
    BufferedReader names =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String name = names.readLine(); name != null; name = names.readLine()) {
      try {
        Class.forName(name, false, loader);
      } catch (ClassNotFoundException | LinkageError e) {
        // It came from the function itself, or was made at run time: not for the archive.
      }
    }
    Serialization.warmUp();
  }
}
