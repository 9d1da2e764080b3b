package dev.cloudtask.lab;

import com.google.gson.JsonObject;
import dev.cloudtask.lab.devtools.DevTools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Chromium without a window, the one that is installed on this machine: nothing is downloaded. A
 * test that asks for it steps aside where there is none.
 */
public final class Browser implements AutoCloseable {
  /** The environment variable that names the program. */
  static final String VARIABLE = "CHROMIUM";

  private static final List<String> PLACES =
      List.of(
          "/usr/bin/chromium",
          "/usr/bin/chromium-browser",
          "/usr/bin/google-chrome",
          "/usr/bin/google-chrome-stable",
          "/snap/bin/chromium",
          "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
          "/Applications/Chromium.app/Contents/MacOS/Chromium",
          "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
          "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
          "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
          "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
          "C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe");

  private final DevTools devTools;
  private final Path profile;

  private Browser(DevTools devTools, Path profile) {
    this.devTools = devTools;
    this.profile = profile;
  }

  /** Finds the program: where the variable points, else in the usual places. */
  static Optional<Path> executable() {
    return Optional.ofNullable(System.getenv(VARIABLE))
        .or(() -> PLACES.stream().filter(place -> Files.isExecutable(Path.of(place))).findFirst())
        .map(Path::of);
  }

  /** Returns why there is no browser here, for people. */
  static String missing() {
    return "There is no Chromium, Chrome or Edge in the usual places, and this step needs one."
        + " Install one, or let the variable "
        + VARIABLE
        + " name its program file.";
  }

  /** Starts one, with a profile that is new and deleted afterwards. */
  static Browser start(Path executable) {
    try {
      Path profile = Files.createTempDirectory("cloudtask-browser-");
      return new Browser(DevTools.launch(executable, profile), profile);
    } catch (IOException e) {
      throw new UncheckedIOException("the browser " + executable + " does not start", e);
    }
  }

  /** Opens an address as a visitor who has never been there: nothing is stored yet. */
  public Page open(URI address) {
    JsonObject none = new JsonObject();
    String visitor =
        devTools
            .call("", "Target.createBrowserContext", none)
            .get("browserContextId")
            .getAsString();
    JsonObject target = new JsonObject();
    target.addProperty("url", "about:blank");
    target.addProperty("browserContextId", visitor);
    String id = devTools.call("", "Target.createTarget", target).get("targetId").getAsString();
    JsonObject attach = new JsonObject();
    attach.addProperty("targetId", id);
    attach.addProperty("flatten", true);
    String session =
        devTools.call("", "Target.attachToTarget", attach).get("sessionId").getAsString();
    Page page = new Page(devTools, session, visitor);
    page.goTo(address);
    return page;
  }

  @Override
  public void close() {
    devTools.close();
    try (Stream<Path> files = Files.walk(profile)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      profile.toFile().deleteOnExit(); // it may still hold a file for a moment
    }
  }
}
