package dev.cloudtask.localcloud.files;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where things live that are the same for every cloud of this user: the runtime's jar, libraries of
 * packages, archives of classes, keys made in advance. All of it is made again if it is deleted.
 */
public final class CacheFolder {
  /** System property that names another place. */
  public static final String PROPERTY = "localcloud.cache";

  private CacheFolder() {}

  /** Returns the place: the property's, else the one usual on this system. */
  public static Path ofUser() {
    return Optional.ofNullable(System.getProperty(PROPERTY))
        .map(Path::of)
        .orElseGet(
            () ->
                usual(
                    System.getProperty("os.name", ""),
                    Path.of(System.getProperty("user.home", ".")),
                    System.getenv()));
  }

  static Path usual(String system, Path home, Map<String, String> environment) {
    String name = system.toLowerCase(Locale.ROOT);
    if (name.startsWith("windows")) {
      return Optional.ofNullable(environment.get("LOCALAPPDATA"))
          .map(Path::of)
          .orElse(home.resolve("AppData").resolve("Local"))
          .resolve("cloudtask")
          .resolve("cache");
    }
    if (name.startsWith("mac")) {
      return home.resolve("Library").resolve("Caches").resolve("cloudtask");
    }
    return Optional.ofNullable(environment.get("XDG_CACHE_HOME"))
        .filter(text -> text.startsWith("/"))
        .map(Path::of)
        .orElse(home.resolve(".cache"))
        .resolve("cloudtask");
  }
}
