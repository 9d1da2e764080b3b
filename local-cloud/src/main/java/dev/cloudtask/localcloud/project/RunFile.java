package dev.cloudtask.localcloud.project;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * {@code .cloudtask/run.json}: where the running stack is, for programs. It is there exactly while
 * the stack runs; other programs see the whole file or none.
 */
final class RunFile {
  private final Path file;

  RunFile(Path file) {
    this.file = file;
  }

  void write(Map<String, String> facts, Map<String, Long> timingsMillis) throws IOException {
    JsonObject json = new JsonObject();
    facts.forEach(json::addProperty);
    json.addProperty("pid", ProcessHandle.current().pid());
    JsonObject timings = new JsonObject();
    timingsMillis.forEach(timings::addProperty);
    json.add("timings", timings);
    Files.createDirectories(file.getParent());
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(
        fresh,
        new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(json) + "\n");
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  void remove() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      System.err.println("Could not remove " + file + ": " + e.getMessage());
    }
  }
}
