package dev.cloudtask.localcloud;

import dev.cloudtask.localcloud.cloudformation.resource.ResourceProvider;
import dev.cloudtask.localcloud.cloudformation.specification.ResourceTypes;
import dev.cloudtask.localcloud.cloudformation.specification.TypeSpecification;
import dev.cloudtask.localcloud.services.CloudService;
import dev.cloudtask.localcloud.services.Operations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes the tables of the book's reference part from the code and the tests: what becomes of each
 * operation, of each property, and which tests prove which facts. The build runs it before the
 * tests, and fails where a table cannot be made.
 */
public final class ReferenceTables {
  private ReferenceTables() {}

  /**
   * Writes the tables.
   *
   * @param args the folder of the compiled tests, the folder to write to
   */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createDirectories(Path.of(args[1]));
    try (LocalCloud cloud = LocalCloud.builder().start()) {
      Files.writeString(folder.resolve("operations.adoc"), operations(cloud.services()));
      Files.writeString(folder.resolve("resource-types.adoc"), resourceTypes(cloud.services()));
    }
    Files.writeString(folder.resolve("facts.adoc"), facts(FactBook.read(Path.of(args[0]))));
  }

  /** Returns the table of operations: a service a row. */
  static String operations(List<CloudService> services) {
    StringBuilder table =
        new StringBuilder("[cols=\"1,4,2,4\"]\n|===\n")
            .append("|Service |Emulated |Kept, without effect here |Refused by name\n\n");
    services.stream()
        .sorted(Comparator.comparing(service -> service.endpoint().signingName()))
        .forEach(
            service -> {
              Operations of = service.operations();
              table
                  .append("|`%s`\n".formatted(service.endpoint().signingName()))
                  .append("|%s\n".formatted(names(of.emulated())))
                  .append("|%s\n".formatted(names(of.storedOnly())))
                  .append("|%s\n\n".formatted(names(of.refused())));
            });
    return table.append("|===\n").toString();
  }

  /** Returns the table of resource types: a type a row. */
  static String resourceTypes(List<CloudService> services) {
    ResourceTypes known = new ResourceTypes(List.of());
    StringBuilder table =
        new StringBuilder("[cols=\"2,4,3,3\"]\n|===\n")
            .append("|Type |Emulated |Kept, without effect here |Refused by name\n\n");
    services.stream()
        .flatMap(service -> service.resources().stream())
        .sorted(Comparator.comparing(ResourceProvider::type))
        .forEach(
            provider -> {
              TypeSpecification type =
                  known
                      .find(provider.type())
                      .orElseThrow(
                          () -> new IllegalStateException("no data of AWS on " + provider.type()));
              requirePaths(type, provider.refused());
              requirePaths(type, provider.acceptedWithoutEffect());
              Set<String> emulated = new TreeSet<>(type.properties().members().keySet());
              emulated.removeAll(provider.refused());
              emulated.removeAll(provider.acceptedWithoutEffect());
              table
                  .append("|`%s`\n".formatted(provider.type()))
                  .append("|%s\n".formatted(names(emulated)))
                  .append("|%s\n".formatted(names(provider.acceptedWithoutEffect())))
                  .append("|%s\n\n".formatted(names(provider.refused())));
            });
    return table.append("|===\n").toString();
  }

  /** Returns the table of facts: a fact a row. */
  static String facts(FactBook facts) {
    StringBuilder table =
        new StringBuilder("[cols=\"1,5,4\"]\n|===\n").append("|Fact |What AWS does |Proven by\n\n");
    for (Map.Entry<String, String> fact : facts.texts().entrySet()) {
      Collection<String> tests = facts.tests().getOrDefault(fact.getKey(), new TreeSet<>());
      table
          .append("|%s\n".formatted(fact.getKey()))
          .append("|pass:c[%s]\n".formatted(fact.getValue()))
          .append("|%s\n\n".formatted(tests.isEmpty() ? "*nothing yet*" : names(tests)));
    }
    return table.append("|===\n").toString();
  }

  private static void requirePaths(TypeSpecification type, Set<String> paths) {
    List<String> unknown = new ArrayList<>();
    for (String path : paths) {
      TypeSpecification.Structure structure = type.properties();
      for (String name : path.split("\\.")) {
        TypeSpecification.Shape shape = structure.members().get(name);
        if (shape == null) {
          unknown.add(path);
          break;
        }
        while (shape.items().isPresent()) {
          shape = shape.items().get();
        }
        structure =
            shape
                .definition()
                .map(type::definition)
                .orElse(new TypeSpecification.Structure(Map.of(), List.of()));
      }
    }
    if (!unknown.isEmpty()) {
      throw new IllegalStateException(type.typeName() + " has no properties " + unknown);
    }
  }

  private static String names(Collection<String> names) {
    List<String> quoted = new TreeSet<>(names).stream().map(name -> "`" + name + "`").toList();
    return quoted.isEmpty() ? "–" : String.join(", ", quoted);
  }
}
