package dev.cloudtask.localcloud.services.apigateway.model;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A path of an API and the methods on it.
 *
 * @param parentId null for the root
 * @param pathPart null for the root
 * @param path the whole path template, {@code /tasks/{taskId}}
 * @param resourceMethods methods by HTTP method or {@code ANY}; null if there is none
 */
public record Resource(
    String id,
    @Nullable String parentId,
    @Nullable String pathPart,
    String path,
    @Nullable Map<String, Method> resourceMethods) {

  /** Returns the methods; empty if there is none. */
  public Map<String, Method> methods() {
    return resourceMethods == null ? Map.of() : resourceMethods;
  }

  /** Returns this resource with a method, in place of one for the same HTTP method. */
  public Resource with(Method method) {
    Map<String, Method> changed = new TreeMap<>(methods());
    changed.put(method.httpMethod(), method);
    return new Resource(id, parentId, pathPart, path, changed);
  }

  /** Returns this resource without the method. */
  public Resource without(String httpMethod) {
    Map<String, Method> changed = new TreeMap<>(methods());
    changed.remove(httpMethod);
    return new Resource(id, parentId, pathPart, path, changed.isEmpty() ? null : changed);
  }

  /** Tells whether the path part is a variable, greedy or not. */
  public boolean isVariable() {
    return pathPart != null && pathPart.startsWith("{");
  }

  /** Tells whether the path part takes the rest of the path: {@code {proxy+}}. */
  public boolean isGreedy() {
    return pathPart != null && pathPart.endsWith("+}");
  }
}
