package dev.cloudtask.localcloud.protocol.awsquery;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Writes the members of an answer as XML, lists as {@code <member>} elements. */
public final class QueryResult {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final StringBuilder xml;
  private boolean present;

  QueryResult(StringBuilder xml) {
    this.xml = xml;
  }

  /**
   * Makes the answer have its Result element even if nothing is written into it: for operations
   * whose output is an empty structure. Those without output ({@code DeleteRole}) have no such
   * element, and some clients insist on the difference.
   */
  public QueryResult present() {
    present = true;
    return this;
  }

  boolean isPresent() {
    return present;
  }

  /** Writes a text, number or boolean. */
  public QueryResult text(String name, Object value) {
    present = true;
    xml.append('<').append(name).append('>');
    escape(String.valueOf(value));
    xml.append("</").append(name).append('>');
    return this;
  }

  /** Writes a text if there is one. */
  public QueryResult text(String name, Optional<?> value) {
    value.ifPresent(present -> text(name, present));
    return this;
  }

  /** Writes a time to the second, as IAM and STS do: {@code 2026-01-31T12:34:56Z}. */
  public QueryResult time(String name, Instant value) {
    return text(name, SECONDS.format(value));
  }

  /** Writes a time to the millisecond, as CloudFormation does: {@code 2026-01-31T12:34:56.789Z}. */
  public QueryResult timeMillis(String name, Instant value) {
    return text(name, MILLIS.format(value));
  }

  /** Writes a structure. */
  public QueryResult structure(String name, Consumer<QueryResult> members) {
    present = true;
    xml.append('<').append(name).append('>');
    members.accept(this);
    xml.append("</").append(name).append('>');
    return this;
  }

  /** Writes a list of structures; an empty one is written as an empty element. */
  public <T> QueryResult list(
      String name, Collection<? extends T> items, BiConsumer<QueryResult, ? super T> item) {
    return structure(
        name,
        list -> {
          for (T each : items) {
            list.structure("member", member -> item.accept(member, each));
          }
        });
  }

  /** Writes a list of texts; an empty one is written as an empty element. */
  public QueryResult texts(String name, Collection<?> items) {
    return structure(name, list -> items.forEach(item -> list.text("member", item)));
  }

  /** Writes a map as a list of structures with {@code Key} and {@code Value}. */
  public QueryResult keyValues(String name, Map<String, String> map) {
    return list(
        name,
        map.entrySet(),
        (member, entry) -> member.text("Key", entry.getKey()).text("Value", entry.getValue()));
  }

  private void escape(String value) {
    value.codePoints().forEach(this::escape);
  }

  private void escape(int c) {
    switch (c) {
      case '<' -> xml.append("&lt;");
      case '>' -> xml.append("&gt;");
      case '&' -> xml.append("&amp;");
      case '"' -> xml.append("&quot;");
      case '\r' -> xml.append("&#xD;");
      default -> xml.appendCodePoint(isXml(c) ? c : 0xFFFD);
    }
  }

  /** Tells whether XML 1.0 allows a character at all (production 2). */
  private static boolean isXml(int c) {
    return c == '\t'
        || c == '\n'
        || (c >= 0x20 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }
}
