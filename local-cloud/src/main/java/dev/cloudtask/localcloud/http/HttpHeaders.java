package dev.cloudtask.localcloud.http;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The header fields of one message, in the order and the letter case in which they were sent.
 *
 * <p>Looking a field up ignores case (RFC 9110, section 5.1); nothing else does. Instances are
 * immutable; {@link #with}, {@link #and} and {@link #without} return changed copies.
 */
public final class HttpHeaders implements Iterable<HttpHeaders.Field> {
  /** One header field. */
  public record Field(String name, String value) {}

  private static final HttpHeaders EMPTY = new HttpHeaders(List.of());

  private final List<Field> fields;

  private HttpHeaders(List<Field> fields) {
    this.fields = fields;
  }

  /** Returns headers without any field. */
  public static HttpHeaders empty() {
    return EMPTY;
  }

  /** Returns headers with these fields, in this order. */
  public static HttpHeaders of(List<Field> fields) {
    return new HttpHeaders(List.copyOf(fields));
  }

  /** Returns headers from alternating names and values. */
  public static HttpHeaders of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("names and values must alternate");
    }
    List<Field> fields = new ArrayList<>(namesAndValues.length / 2);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.add(new Field(namesAndValues[i], namesAndValues[i + 1]));
    }
    return new HttpHeaders(List.copyOf(fields));
  }

  /** Returns the first value of the named field. */
  public Optional<String> first(String name) {
    for (Field field : fields) {
      if (field.name().equalsIgnoreCase(name)) {
        return Optional.of(field.value());
      }
    }
    return Optional.empty();
  }

  /** Returns every value of the named field, in order; empty if there is none. */
  public List<String> all(String name) {
    List<String> values = new ArrayList<>();
    for (Field field : fields) {
      if (field.name().equalsIgnoreCase(name)) {
        values.add(field.value());
      }
    }
    return values;
  }

  /** Tells whether the named field is there at all. */
  public boolean has(String name) {
    return first(name).isPresent();
  }

  /** Returns a copy in which the named field has this one value, whatever it had before. */
  public HttpHeaders with(String name, String value) {
    List<Field> changed = new ArrayList<>(fields.size() + 1);
    boolean placed = false;
    for (Field field : fields) {
      if (!field.name().equalsIgnoreCase(name)) {
        changed.add(field);
      } else if (!placed) {
        changed.add(new Field(name, value));
        placed = true;
      }
    }
    if (!placed) {
      changed.add(new Field(name, value));
    }
    return new HttpHeaders(List.copyOf(changed));
  }

  /** Returns a copy with one field more, beside any of the same name. */
  public HttpHeaders and(String name, String value) {
    List<Field> changed = new ArrayList<>(fields);
    changed.add(new Field(name, value));
    return new HttpHeaders(List.copyOf(changed));
  }

  /** Returns a copy without the named field. */
  public HttpHeaders without(String name) {
    List<Field> changed = new ArrayList<>(fields);
    changed.removeIf(field -> field.name().equalsIgnoreCase(name));
    return new HttpHeaders(List.copyOf(changed));
  }

  /** Returns the fields in order. */
  public List<Field> fields() {
    return fields;
  }

  @Override
  public Iterator<Field> iterator() {
    return fields.iterator();
  }

  @Override
  public String toString() {
    return fields.toString();
  }
}
