package dev.cloudtask.localcloud.death;

import dev.cloudtask.localcloud.LocalCloud;
import java.io.IOException;
import java.nio.file.Path;

/** A cloud on a state folder until standard input closes; its endpoint is its first line. */
final class ChildMain {
  private ChildMain() {}

  /** Runs; the one argument is the state folder. */
  public static void main(String[] arguments) throws IOException {
    try (LocalCloud cloud = LocalCloud.builder().stateFolder(Path.of(arguments[0])).start()) {
      System.out.println(cloud.endpoint());
      while (System.in.read() >= 0) {
        // Only the end of it says something.
      }
    }
  }
}
