package cloudtask.app;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** The machine's {@code aws} program, version 1 or 2, as a student would use it. */
final class AwsCli {
  private final Path program;
  private final Terminal terminal;

  /**
   * Creates a command line.
   *
   * @param folder where it runs; its home is in there
   */
  AwsCli(Path folder, URI endpoint) {
    this.program = program().orElseThrow();
    this.terminal = new Terminal(folder, endpoint);
  }

  /** Finds the program on the PATH. */
  static Optional<Path> program() {
    return Terminal.program("aws");
  }

  /** Runs a command. */
  Terminal.Result run(String... arguments) {
    return terminal.run(program, arguments);
  }
}
