package dev.cloudtask.localcloud.cloudformation.stack;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.cloudformation.intrinsic.Expression;
import dev.cloudtask.localcloud.cloudformation.template.Position;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Dotted paths of properties, lists transparent: {@code DistributionConfig.Origins.Id}. */
final class PropertyPaths {
  private PropertyPaths() {}

  /** Returns the paths of all properties that are set. */
  static Set<String> of(JsonObject properties) {
    Set<String> paths = new LinkedHashSet<>();
    collect(properties, "", paths);
    return paths;
  }

  private static void collect(JsonElement value, String path, Set<String> paths) {
    if (value.isJsonArray()) {
      value.getAsJsonArray().forEach(item -> collect(item, path, paths));
    } else if (value.isJsonObject()) {
      value
          .getAsJsonObject()
          .asMap()
          .forEach(
              (name, each) -> {
                String longer = path.isEmpty() ? name : path + "." + name;
                paths.add(longer);
                collect(each, longer, paths);
              });
    }
  }

  /** Returns where a path stands in the template, as far as it is written out. */
  static Optional<Position> position(Expression expression, String path) {
    if (expression instanceof Expression.ListOf list) {
      return list.items().stream()
          .map(item -> position(item, path))
          .flatMap(Optional::stream)
          .findFirst();
    }
    if (!(expression instanceof Expression.MapOf map)) {
      return Optional.empty();
    }
    int dot = path.indexOf('.');
    return map.entry(dot < 0 ? path : path.substring(0, dot))
        .flatMap(
            entry ->
                dot < 0
                    ? Optional.of(entry.position())
                    : position(entry.value(), path.substring(dot + 1))
                        .or(() -> Optional.of(entry.position())));
  }
}
