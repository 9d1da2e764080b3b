package dev.cloudtask.labs.checkpoint;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How a mark is written in a kind of file: as a comment that has its line to itself.
 *
 * @param open what begins a comment
 * @param close what ends it; empty if the line does
 */
record MarkStyle(String open, String close) {
  private static final MarkStyle HASH = new MarkStyle("#", "");
  private static final MarkStyle SLASHES = new MarkStyle("//", "");
  private static final MarkStyle ANGLES = new MarkStyle("<!--", "-->");
  private static final MarkStyle STARS = new MarkStyle("/*", "*/");

  private static final Map<String, MarkStyle> BY_EXTENSION =
      Map.ofEntries(
          Map.entry("yaml", HASH),
          Map.entry("yml", HASH),
          Map.entry("properties", HASH),
          Map.entry("java", SLASHES),
          Map.entry("js", SLASHES),
          Map.entry("html", ANGLES),
          Map.entry("svg", ANGLES),
          Map.entry("xml", ANGLES),
          Map.entry("css", STARS));

  /** Returns the style of a file by its name; none if files of this kind are not supported. */
  static Optional<MarkStyle> of(String fileName) {
    String extension = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return Optional.ofNullable(BY_EXTENSION.get(extension));
  }

  /** Returns what a comment line says, without the comment signs; none if it is not one. */
  Optional<String> comment(String line) {
    String text = line.strip();
    if (!text.startsWith(open) || !text.endsWith(close)) {
      return Optional.empty();
    }
    if (text.length() < open.length() + close.length()) {
      return Optional.empty();
    }
    return Optional.of(text.substring(open.length(), text.length() - close.length()).strip());
  }
}
