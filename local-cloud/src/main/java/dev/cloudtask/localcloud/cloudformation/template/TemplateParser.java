package dev.cloudtask.localcloud.cloudformation.template;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads the text of a template, in YAML or JSON, whichever it is. */
public final class TemplateParser {
  /** The largest template body that the API takes, in bytes. */
  public static final int MAX_BODY_BYTES = 51_200;

  /** The largest template in S3, in bytes. */
  public static final int MAX_URL_BYTES = 1_048_576;

  private TemplateParser() {}

  /**
   * Parses a template.
   *
   * @param file the file's name for positions; empty if there is none
   * @throws TemplateException if it is not well-formed, not a map, or has a key twice
   */
  public static TemplateNode.Mapping parse(String text, String file) {
    TemplateNode node =
        isJson(text) ? new JsonTemplate(text, file).parse() : new YamlTemplate(text, file).parse();
    if (node instanceof TemplateNode.Mapping mapping) {
      return mapping;
    }
    throw new TemplateException("Template format error: unsupported structure.", node.position());
  }

  /** Returns the length that the API's limits count: bytes of UTF-8. */
  public static int length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Tells whether a template is written in JSON. */
  public static boolean isJson(String text) {
    String start = text.stripLeading();
    return start.startsWith("{") || start.startsWith("\uFEFF{");
  }

  static TemplateException malformed(String language, Position at, String advice) {
    return new TemplateException(
        "Template format error: "
            + language
            + " not well-formed. (line "
            + at.line()
            + ", column "
            + at.column()
            + ")",
        Optional.of(at),
        advice);
  }

  /** Notices names that stand twice in one map. */
  static final class Names {
    private final Map<String, Position> seen = new LinkedHashMap<>();
    private final String language;

    Names(String language) {
      this.language = language;
    }

    void add(String name, Position at) {
      Position first = seen.putIfAbsent(name, at);
      if (first != null) {
        throw malformed(
            language,
            at,
            "The key '"
                + name
                + "' stands twice in this map; the first one is in line "
                + first.line()
                + ". Remove or rename one of them.");
      }
    }
  }
}
