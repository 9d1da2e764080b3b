package dev.cloudtask.localcloud.protocol.awsquery;

import dev.cloudtask.localcloud.http.HttpRequest;
import dev.cloudtask.localcloud.http.QueryString;
import dev.cloudtask.localcloud.protocol.AwsException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * The parameters of a Query request as the tree they mean: {@code Tags.member.2.Key=a} is the text
 * {@code Key} of the second structure in the list {@code Tags}.
 *
 * <p>Values that do not fit the type asked for are refused as AWS refuses them ({@code
 * MalformedInput}, {@code ValidationError}), with the whole name of the parameter.
 */
public final class QueryInput {
  private static final String FORM = "application/x-www-form-urlencoded";

  private final String path;
  private final Map<String, String> parameters;

  private QueryInput(String path, Map<String, String> parameters) {
    this.path = path;
    this.parameters = parameters;
  }

  /** Reads the query string and, if the body is a form, the body; the first of a name counts. */
  public static QueryInput of(HttpRequest request) {
    Map<String, String> all = new LinkedHashMap<>();
    add(request.query(), all);
    if (isForm(request)) {
      add(QueryString.parse(request.body().text()), all);
    }
    return new QueryInput("", all);
  }

  private static void add(QueryString parsed, Map<String, String> all) {
    for (QueryString.Parameter parameter : parsed.parameters()) {
      all.putIfAbsent(parameter.name(), parameter.value());
    }
  }

  private static boolean isForm(HttpRequest request) {
    String type = request.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    return request.method().equals("POST") && type.startsWith(FORM);
  }

  /**
   * Returns the names of the parameters at this level, each once: {@code Tags}, {@code RoleName}.
   */
  public Set<String> names() {
    Map<String, Boolean> names = new LinkedHashMap<>();
    for (String name : parameters.keySet()) {
      int dot = name.indexOf('.');
      names.put(dot < 0 ? name : name.substring(0, dot), true);
    }
    return names.keySet();
  }

  /** Tells whether a parameter, or anything below it, was sent. */
  public boolean has(String name) {
    return names().contains(name);
  }

  /** Returns a text parameter; an empty one counts as sent. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  /**
   * Returns a text parameter that must be there.
   *
   * @throws AwsException {@code ValidationError} as AWS words it for a missing parameter
   */
  public String required(String name) {
    return text(name)
        .orElseThrow(
            () ->
                new AwsException(
                    "ValidationError",
                    400,
                    "1 validation error detected: Value null at '"
                        + memberName(name)
                        + "' failed to satisfy constraint: Member must not be null"));
  }

  /**
   * Returns a parameter's name as AWS's validation messages write it: whole path, first letter
   * small.
   */
  public String memberName(String name) {
    String full = path.isEmpty() ? name : path + "." + name;
    return full.substring(0, 1).toLowerCase(Locale.ROOT) + full.substring(1);
  }

  /** Returns a whole number, if sent. */
  public OptionalInt integer(String name) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    try {
      return OptionalInt.of(Integer.parseInt(text.get()));
    } catch (NumberFormatException e) {
      throw new AwsException(
          "MalformedInput", 400, "Invalid value '" + text.get() + "' for parameter " + name);
    }
  }

  /** Returns a boolean, if sent: {@code true} or {@code false} in any letter case. */
  public Optional<Boolean> bool(String name) {
    return text(name)
        .map(
            value ->
                switch (value.toLowerCase(Locale.ROOT)) {
                  case "true" -> true;
                  case "false" -> false;
                  default ->
                      throw new AwsException(
                          "MalformedInput",
                          400,
                          "Invalid value '" + value + "' for parameter " + name);
                });
  }

  /**
   * Returns a list of texts ({@code Name.member.1=…}), in the order of the numbers; empty if not
   * sent.
   */
  public List<String> texts(String name) {
    List<String> values = new ArrayList<>();
    for (QueryInput item : list(name)) {
      item.text("").ifPresent(values::add);
    }
    return values;
  }

  /** Returns a list of structures, in the order of the numbers; empty if not sent. */
  public List<QueryInput> list(String name) {
    String prefix = name + ".member.";
    Map<Integer, Map<String, String>> items = new TreeMap<>();
    parameters.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            String rest = key.substring(prefix.length());
            int dot = rest.indexOf('.');
            int index = index(dot < 0 ? rest : rest.substring(0, dot), key);
            items
                .computeIfAbsent(index, i -> new LinkedHashMap<>())
                .put(dot < 0 ? "" : rest.substring(dot + 1), value);
          }
        });
    List<QueryInput> list = new ArrayList<>();
    items.forEach((index, values) -> list.add(new QueryInput(below(prefix + index), values)));
    return list;
  }

  private static int index(String digits, String key) {
    try {
      int index = Integer.parseInt(digits);
      if (index > 0) {
        return index;
      }
    } catch (NumberFormatException e) {
      // refused below, as a number that is not positive is
    }
    throw new AwsException(
        "MalformedInput", 400, "Key " + key + " must end in a list index of 1 or more");
  }

  /** Returns a structure ({@code Name.Member=…}), if anything of it was sent. */
  public Optional<QueryInput> structure(String name) {
    String prefix = name + ".";
    Map<String, String> values = new LinkedHashMap<>();
    parameters.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            values.put(key.substring(prefix.length()), value);
          }
        });
    return values.isEmpty() ? Optional.empty() : Optional.of(new QueryInput(below(name), values));
  }

  /**
   * Returns a list of structures with {@code Key} and {@code Value} as a map, in the order sent.
   */
  public Map<String, String> keyValues(String name) {
    Map<String, String> map = new LinkedHashMap<>();
    for (QueryInput item : list(name)) {
      map.put(item.required("Key"), item.text("Value").orElse(""));
    }
    return map;
  }

  private String below(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  @Override
  public String toString() {
    return path + names(); // names only: values may be secrets
  }
}
