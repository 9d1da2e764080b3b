package dev.cloudtask.localcloud.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A query string or form body, decoded, in the order it was sent.
 *
 * <p>A name without {@code =} has an empty value. Bad percent-escapes are kept as they stand, as
 * AWS does.
 */
public final class QueryString {
  /** One decoded pair. */
  public record Parameter(String name, String value) {}

  private final List<Parameter> parameters;

  private QueryString(List<Parameter> parameters) {
    this.parameters = List.copyOf(parameters);
  }

  /** Parses {@code application/x-www-form-urlencoded} text. */
  public static QueryString parse(String raw) {
    List<Parameter> parameters = new ArrayList<>();
    if (!raw.isEmpty()) {
      for (String pair : raw.split("&")) {
        if (pair.isEmpty()) {
          continue;
        }
        int equals = pair.indexOf('=');
        parameters.add(
            equals < 0
                ? new Parameter(PercentEncoding.decodeForm(pair), "")
                : new Parameter(
                    PercentEncoding.decodeForm(pair.substring(0, equals)),
                    PercentEncoding.decodeForm(pair.substring(equals + 1))));
      }
    }
    return new QueryString(parameters);
  }

  /** Returns the first value of a parameter. */
  public Optional<String> first(String name) {
    return parameters.stream().filter(p -> p.name().equals(name)).map(Parameter::value).findFirst();
  }

  /** Returns all values of a parameter, in order. */
  public List<String> all(String name) {
    return parameters.stream().filter(p -> p.name().equals(name)).map(Parameter::value).toList();
  }

  /** Tells whether a parameter is there, with or without a value. */
  public boolean has(String name) {
    return first(name).isPresent();
  }

  /** Returns all parameters in order. */
  public List<Parameter> parameters() {
    return parameters;
  }
}
