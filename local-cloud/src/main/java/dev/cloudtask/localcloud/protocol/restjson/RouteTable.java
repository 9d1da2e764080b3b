package dev.cloudtask.localcloud.protocol.restjson;

import dev.cloudtask.localcloud.http.HttpRequest;
import dev.cloudtask.localcloud.http.PercentEncoding;
import dev.cloudtask.localcloud.http.QueryString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Finds the operation that a method and a path ask for.
 *
 * <p>Templates are written as in the service models: {@code /functions/{FunctionName}/invocations},
 * with an optional constant query {@code /restapis?mode=import}; a last label {@code {name+}} takes
 * the rest of the path, slashes included. Where several templates fit, the one with more literal
 * text from the left wins, then the one with more constants in its query. A trailing slash on the
 * path is ignored, as services do.
 *
 * @param <T> what stands behind an operation, usually its handler
 */
public final class RouteTable<T> {
  /**
   * An operation that was found.
   *
   * @param labels the path labels, percent-decoded, by name
   */
  public record Match<T>(String operation, T target, Map<String, String> labels) {
    /** Returns the value of a path label. */
    public String label(String name) {
      String value = labels.get(name);
      if (value == null) {
        throw new IllegalArgumentException(operation + " has no path label " + name);
      }
      return value;
    }
  }

  private record Route<T>(
      String method,
      List<String> segments,
      List<QueryString.Parameter> query,
      String operation,
      T target) {}

  private final List<Route<T>> routes = new ArrayList<>();

  /** Adds an operation. */
  public RouteTable<T> add(String method, String template, String operation, T target) {
    int question = template.indexOf('?');
    String path = question < 0 ? template : template.substring(0, question);
    String query = question < 0 ? "" : template.substring(question + 1);
    routes.add(
        new Route<>(
            method, segments(path), QueryString.parse(query).parameters(), operation, target));
    return this;
  }

  /** Returns the names of all operations, sorted. */
  public Set<String> operations() {
    return routes.stream().map(Route::operation).collect(Collectors.toCollection(TreeSet::new));
  }

  /** Finds the operation for a request. */
  public Optional<Match<T>> find(HttpRequest request) {
    List<String> path = segments(request.rawPath());
    QueryString query = request.query();
    Route<T> best = null;
    for (Route<T> route : routes) {
      if (route.method().equals(request.method())
          && fits(route.segments(), path)
          && route.query().stream().allMatch(q -> query.all(q.name()).contains(q.value()))
          && (best == null || closer(route, best))) {
        best = route;
      }
    }
    return best == null
        ? Optional.empty()
        : Optional.of(new Match<>(best.operation(), best.target(), labels(best.segments(), path)));
  }

  /** Tells whether any operation, of whatever method, has this path. */
  public boolean knowsPath(String rawPath) {
    List<String> path = segments(rawPath);
    return routes.stream().anyMatch(route -> fits(route.segments(), path));
  }

  private static List<String> segments(String path) {
    List<String> segments = new ArrayList<>(List.of(path.split("/", -1)));
    if (!segments.isEmpty() && segments.get(0).isEmpty()) {
      segments.remove(0);
    }
    if (segments.size() > 1 && segments.get(segments.size() - 1).isEmpty()) {
      segments.remove(segments.size() - 1);
    }
    return segments;
  }

  private static boolean isLabel(String segment) {
    return segment.startsWith("{");
  }

  private static boolean isGreedy(String segment) {
    return segment.endsWith("+}");
  }

  private static boolean fits(List<String> template, List<String> path) {
    for (int i = 0; i < template.size(); i++) {
      String segment = template.get(i);
      if (i >= path.size() || (isLabel(segment) && path.get(i).isEmpty())) {
        return false;
      }
      if (isGreedy(segment)) {
        return true;
      }
      if (!isLabel(segment) && !segment.equals(path.get(i))) {
        return false;
      }
    }
    return template.size() == path.size();
  }

  private static <T> boolean closer(Route<T> a, Route<T> b) {
    int common = Math.min(a.segments().size(), b.segments().size());
    for (int i = 0; i < common; i++) {
      String left = a.segments().get(i);
      String right = b.segments().get(i);
      if (isLabel(left) != isLabel(right)) {
        return !isLabel(left);
      }
      if (isGreedy(left) != isGreedy(right)) {
        return !isGreedy(left);
      }
    }
    return a.query().size() > b.query().size();
  }

  private static Map<String, String> labels(List<String> template, List<String> path) {
    Map<String, String> labels = new LinkedHashMap<>();
    for (int i = 0; i < template.size(); i++) {
      String segment = template.get(i);
      if (isGreedy(segment)) {
        labels.put(
            segment.substring(1, segment.length() - 2),
            PercentEncoding.decode(String.join("/", path.subList(i, path.size()))));
      } else if (isLabel(segment)) {
        labels.put(segment.substring(1, segment.length() - 1), PercentEncoding.decode(path.get(i)));
      }
    }
    return labels;
  }
}
