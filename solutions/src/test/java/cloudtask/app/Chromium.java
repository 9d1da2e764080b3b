package cloudtask.app;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The one headless browser of a test run. Nothing is downloaded: the machine's own is used. */
final class Chromium {
  static final List<String> PLACES =
      List.of(
          "/usr/bin/chromium",
          "/usr/bin/chromium-browser",
          "/usr/bin/google-chrome",
          "/usr/bin/google-chrome-stable",
          "/snap/bin/chromium",
          "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
          "/Applications/Chromium.app/Contents/MacOS/Chromium",
          "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
          "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe");

  private static @Nullable Browser browser;

  private Chromium() {}

  /** Finds the program: where the variable CHROMIUM points, else in the usual places. */
  static Optional<Path> executable() {
    return Optional.ofNullable(System.getenv("CHROMIUM"))
        .or(() -> PLACES.stream().filter(place -> Files.isExecutable(Path.of(place))).findFirst())
        .map(Path::of);
  }

  /** Returns the browser, started on first use and ended with the JVM. */
  static synchronized Browser shared() {
    Browser known = browser;
    if (known == null) {
      Playwright playwright =
          Playwright.create(
              new Playwright.CreateOptions()
                  .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
      known =
          playwright
              .chromium()
              .launch(
                  new BrowserType.LaunchOptions()
                      .setExecutablePath(executable().orElseThrow())
                      .setHeadless(true)
                      .setArgs(
                          List.of(
                              // Chromium's sandbox does not work for root, who runs CI containers.
                              "--no-sandbox",
                              "--disable-gpu",
                              "--disable-quic",
                              "--no-first-run",
                              "--disable-background-networking",
                              "--disable-component-update",
                              "--disable-sync")));
      browser = known;
      Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
    }
    return known;
  }
}
