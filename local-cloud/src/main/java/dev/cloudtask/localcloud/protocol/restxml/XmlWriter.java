package dev.cloudtask.localcloud.protocol.restxml;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Writes one XML document in UTF-8, escaped as S3 escapes. */
public final class XmlWriter {
  private static final String DECLARATION = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

  private final StringBuilder out = new StringBuilder(512);
  private final Deque<String> open = new ArrayDeque<>();

  private XmlWriter() {}

  /** Begins a document whose root has a namespace; an empty one is left out. */
  public static XmlWriter document(String root, String namespace) {
    XmlWriter writer = new XmlWriter();
    writer.out.append(DECLARATION);
    return namespace.isEmpty() ? writer.open(root) : writer.open(root, "xmlns", namespace);
  }

  /** Opens an element, with attributes as alternating names and values. */
  public XmlWriter open(String name, String... attributes) {
    out.append('<').append(name);
    for (int i = 0; i + 1 < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      escape(attributes[i + 1]);
      out.append('"');
    }
    out.append('>');
    open.push(name);
    return this;
  }

  /** Closes the element opened last. */
  public XmlWriter close() {
    out.append("</").append(open.pop()).append('>');
    return this;
  }

  /** Writes an element with text. */
  public XmlWriter element(String name, String text) {
    out.append('<').append(name).append('>');
    escape(text);
    out.append("</").append(name).append('>');
    return this;
  }

  /** Writes an element with a number. */
  public XmlWriter element(String name, long number) {
    return element(name, Long.toString(number));
  }

  /** Writes an element with {@code true} or {@code false}. */
  public XmlWriter element(String name, boolean value) {
    return element(name, Boolean.toString(value));
  }

  /** Writes an element if there is a value. */
  public XmlWriter element(String name, Optional<String> text) {
    return text.isPresent() ? element(name, text.get()) : this;
  }

  /** Writes text into the element opened last. */
  public XmlWriter text(String text) {
    escape(text);
    return this;
  }

  /** Writes an empty element: {@code <Name/>}. */
  public XmlWriter empty(String name) {
    out.append('<').append(name).append("/>");
    return this;
  }

  /** Writes a whole element as it was read, its text, attributes and children. */
  public XmlWriter copy(XmlElement element) {
    String[] attributes =
        element.attributes().entrySet().stream()
            .sorted(java.util.Map.Entry.comparingByKey())
            .flatMap(entry -> java.util.stream.Stream.of(entry.getKey(), entry.getValue()))
            .toArray(String[]::new);
    open(element.name(), attributes);
    if (element.children().isEmpty()) {
      escape(element.text());
    } else {
      element.children().forEach(this::copy);
    }
    return close();
  }

  /** Closes what is open and returns the document. */
  public byte[] toBytes() {
    return toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Closes what is open and returns the document. */
  @Override
  public String toString() {
    while (!open.isEmpty()) {
      close();
    }
    return out.toString();
  }

  private void escape(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\r' -> out.append("&#13;");
        default -> {
          if (c < 0x20 && c != '\n' && c != '\t') {
            out.append("&#x")
                .append(Integer.toHexString(c))
                .append(';'); // as S3 does, valid or not
          } else {
            out.append(c);
          }
        }
      }
    }
  }
}
