package dev.cloudtask.localcloud.project;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One file of a website as it is uploaded.
 *
 * @param key the object's key: the path below the website's folder, with slashes
 * @param content the bytes
 * @param contentType what browsers must be told: S3 tells them only what the upload said
 * @param cacheControl how long browsers and CloudFront may keep it
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record WebsiteFile(String key, byte[] content, String contentType, String cacheControl) {
  /** The file that deployment writes from the stack's outputs. */
  public static final String CONFIG = "config.js";

  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("htm", "text/html; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("mjs", "text/javascript; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("jpeg", "image/jpeg"),
          Map.entry("gif", "image/gif"),
          Map.entry("webp", "image/webp"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("txt", "text/plain; charset=utf-8"),
          Map.entry("xml", "application/xml"),
          Map.entry("pdf", "application/pdf"));

  /** Reads all files of a website's folder but hidden ones, in the order of their keys. */
  public static List<WebsiteFile> read(Path folder) throws IOException {
    List<WebsiteFile> files = new ArrayList<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.filter(Files::isRegularFile).sorted().toList()) {
        String key = folder.relativize(path).toString().replace('\\', '/');
        if (!key.startsWith(".") && !key.contains("/.")) {
          files.add(of(key, Files.readAllBytes(path)));
        }
      }
    }
    return files;
  }

  /** Returns a file with the type that its name tells and the caching that suits its kind. */
  public static WebsiteFile of(String key, byte[] content) {
    String extension = key.substring(key.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return new WebsiteFile(
        key,
        content,
        TYPES.getOrDefault(extension, "application/octet-stream"),
        // The names carry no version, so browsers must ask each time; CloudFront is told by
        // invalidation.
        key.equals(CONFIG) ? "no-cache" : "public, max-age=0, s-maxage=86400, must-revalidate");
  }
}
