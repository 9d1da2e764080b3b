package dev.cloudtask.localcloud.services.apigateway.execute;

import dev.cloudtask.localcloud.http.PercentEncoding;
import dev.cloudtask.localcloud.services.apigateway.model.Api;
import dev.cloudtask.localcloud.services.apigateway.model.Method;
import dev.cloudtask.localcloud.services.apigateway.model.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The paths of one deployment. Where several fit, text goes before a variable, and a variable
 * before one that takes the rest of the path.
 */
final class Routes {
  /**
   * Whom a request is for.
   *
   * @param pathParameters as they were sent, percent-encoded
   */
  record Route(Resource resource, Method method, Map<String, String> pathParameters) {}

  private record Found(Resource resource, Map<String, String> pathParameters) {}

  private static final class Branch {
    private final Map<String, Branch> literal = new HashMap<>();
    private @Nullable Branch variable;
    private @Nullable Branch greedy;
    private @Nullable Resource resource;
  }

  private final Branch root;

  private Routes(Branch root) {
    this.root = root;
  }

  static Routes of(Api api) {
    return new Routes(branch(api, api.resources().get(api.restApi().rootResourceId())));
  }

  private static Branch branch(Api api, @Nullable Resource resource) {
    Branch branch = new Branch();
    branch.resource = resource;
    if (resource != null) {
      for (Resource child : api.children(resource.id())) {
        if (child.isGreedy()) {
          branch.greedy = branch(api, child);
        } else if (child.isVariable()) {
          branch.variable = branch(api, child);
        } else {
          branch.literal.put(String.valueOf(child.pathPart()), branch(api, child));
        }
      }
    }
    return branch;
  }

  /**
   * Finds the method a request is for.
   *
   * @throws GatewayFault if there is none: for AWS a path that is not there and a method that is
   *     not there look like a request without credentials
   */
  Route route(String httpMethod, String rawPath) {
    Found found =
        find(rawPath)
            .orElseThrow(
                () ->
                    GatewayFault.noRoute("no resource of this deployment has the path " + rawPath));
    Resource resource = found.resource();
    Method method = resource.methods().get(httpMethod);
    if (method == null) {
      method = resource.methods().get("ANY");
    }
    if (method == null) {
      throw GatewayFault.noRoute(
          "%s has no method %s in this deployment, only %s"
              .formatted(resource.path(), httpMethod, resource.methods().keySet()));
    }
    return new Route(resource, method, found.pathParameters());
  }

  /** Returns the path parameters of a path, if it leads to this resource. */
  Map<String, String> parameters(String rawPath, String resourceId) {
    return find(rawPath)
        .filter(found -> found.resource().id().equals(resourceId))
        .map(Found::pathParameters)
        .orElse(Map.of());
  }

  private Optional<Found> find(String rawPath) {
    return find(root, segments(rawPath), 0, new LinkedHashMap<>());
  }

  private static List<String> segments(String rawPath) {
    List<String> segments = new ArrayList<>(List.of(rawPath.split("/", -1)));
    while (!segments.isEmpty() && segments.get(0).isEmpty()) {
      segments.remove(0);
    }
    if (!segments.isEmpty() && segments.get(segments.size() - 1).isEmpty()) {
      segments.remove(segments.size() - 1);
    }
    return segments;
  }

  private static Optional<Found> find(
      Branch at, List<String> path, int index, Map<String, String> parameters) {
    if (index == path.size()) {
      Resource resource = at.resource;
      return resource == null
          ? Optional.empty()
          : Optional.of(new Found(resource, Map.copyOf(parameters)));
    }
    String segment = path.get(index);
    Branch literal = at.literal.get(PercentEncoding.decode(segment));
    if (literal != null) {
      Optional<Found> found = find(literal, path, index + 1, parameters);
      if (found.isPresent()) {
        return found;
      }
    }
    Branch variable = at.variable;
    if (variable != null && variable.resource != null && !segment.isEmpty()) {
      Map<String, String> more = new LinkedHashMap<>(parameters);
      more.put(variableName(variable.resource), segment);
      Optional<Found> found = find(variable, path, index + 1, more);
      if (found.isPresent()) {
        return found;
      }
    }
    Branch greedy = at.greedy;
    if (greedy == null || greedy.resource == null) {
      return Optional.empty();
    }
    Map<String, String> more = new LinkedHashMap<>(parameters);
    more.put(variableName(greedy.resource), String.join("/", path.subList(index, path.size())));
    return Optional.of(new Found(greedy.resource, more));
  }

  private static String variableName(Resource resource) {
    String part = String.valueOf(resource.pathPart());
    return part.substring(1, part.length() - (resource.isGreedy() ? 2 : 1));
  }
}
