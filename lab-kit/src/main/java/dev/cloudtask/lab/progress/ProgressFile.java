package dev.cloudtask.lab.progress;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Collection;

/**
 * How far the student is: {@code .cloudtask/progress.json}, one entry for each test that ever ran,
 * with its last outcome and, if red, the last message. A run of a few tests leaves the others' as
 * they were.
 */
final class ProgressFile {
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private final Path file;

  ProgressFile(Path project) {
    this.file = project.resolve(".cloudtask").resolve("progress.json");
  }

  /** Adds what a run has shown. */
  void add(Collection<StepResult> results, Instant at) throws IOException {
    JsonObject all = read();
    for (StepResult result : results) {
      if (result.state() == StepResult.State.NOT_RUN) {
        continue;
      }
      JsonObject step = child(all, result.name());
      step.addProperty("title", result.title());
      JsonObject test = new JsonObject();
      test.addProperty("green", result.state() == StepResult.State.GREEN);
      test.addProperty("at", at.toString());
      if (result.state() == StepResult.State.RED) {
        test.addProperty("message", result.message());
      }
      child(step, "tests").add(result.test(), test);
    }
    Files.createDirectories(file.getParent());
    Path draft = Files.createTempFile(file.getParent(), "progress-", ".json");
    Files.writeString(draft, GSON.toJson(all) + "\n");
    Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private static JsonObject child(JsonObject parent, String name) {
    if (!parent.has(name) || !parent.get(name).isJsonObject()) {
      parent.add(name, new JsonObject());
    }
    return parent.getAsJsonObject(name);
  }

  private JsonObject read() throws IOException {
    if (!Files.exists(file)) {
      return new JsonObject();
    }
    try {
      return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    } catch (JsonParseException | IllegalStateException e) {
      return new JsonObject(); // somebody has damaged it: it begins anew
    }
  }
}
