package cloudtask.app;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A terminal in which a program is told nothing but an endpoint, a region and two words.
 *
 * <p>It sees no other variable of this process and no file of the user's: the tests must not lean
 * on a profile that happens to be there, let alone reach a real account.
 */
final class Terminal {
  private static final long PATIENCE_SECONDS = 120;

  /** What a program needs to start at all; the rest of the environment stays here. */
  private static final List<String> PASSED_ON = List.of("PATH", "SystemRoot", "PATHEXT");

  private final Path folder;
  private final URI endpoint;

  /**
   * Opens a terminal.
   *
   * @param folder where programs run; their home is in there
   */
  Terminal(Path folder, URI endpoint) {
    this.folder = folder;
    this.endpoint = endpoint;
  }

  /** Finds a program on the PATH. */
  static Optional<Path> program(String name) {
    boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows");
    List<String> names = windows ? List.of(name + ".exe", name + ".cmd") : List.of(name);
    return Stream.of(System.getenv("PATH").split(Pattern.quote(File.pathSeparator)))
        .filter(place -> !place.isEmpty())
        .flatMap(place -> names.stream().map(file -> Path.of(place, file)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** What a command left: its exit code and what it wrote. */
  record Result(int exitCode, String output, String errors) {
    /** Returns the answer of a command that went well. */
    String text() {
      if (exitCode != 0) {
        throw new AssertionError("exit code " + exitCode + "\n" + errors + output);
      }
      return output;
    }

    JsonObject json() {
      JsonElement answer = JsonParser.parseString(text());
      return answer.getAsJsonObject();
    }
  }

  /** Runs a program. */
  Result run(Path program, String... arguments) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    try {
      Path home = Files.createDirectories(folder.resolve("home"));
      Path output = Files.createTempFile(folder, "output", ".txt");
      Path errors = Files.createTempFile(folder, "errors", ".txt");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectInput(ProcessBuilder.Redirect.from(emptyFile().toFile()))
              .redirectOutput(output.toFile())
              .redirectError(errors.toFile());
      Map<String, String> environment = builder.environment();
      environment.keySet().retainAll(PASSED_ON);
      environment.put("HOME", home.toString());
      environment.put("USERPROFILE", home.toString());
      environment.put("AWS_ENDPOINT_URL", endpoint.toString());
      environment.put("AWS_DEFAULT_REGION", "us-east-1");
      environment.put("AWS_ACCESS_KEY_ID", "test");
      environment.put("AWS_SECRET_ACCESS_KEY", "test");
      Process process = builder.start();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("no end in sight after two minutes: " + command);
      }
      return new Result(process.exitValue(), read(output), read(errors));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private Path emptyFile() throws IOException {
    return Files.writeString(folder.resolve("nothing"), "");
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
