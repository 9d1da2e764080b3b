package dev.cloudtask.localcloud.cloudformation.specification;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Finds what is known of resource types. Specifications are read when first asked for. */
public final class ResourceTypes {
  private static final String FOLDER = "/dev/cloudtask/localcloud/cloudformation/";

  private final Map<String, TypeSpecification> known = new ConcurrentHashMap<>();

  /** Creates a catalogue of AWS's types, and of others that a test brings. */
  public ResourceTypes(List<TypeSpecification> others) {
    others.forEach(type -> known.put(type.typeName(), type));
  }

  /** Returns the specification of a type, if local-cloud has it. */
  public Optional<TypeSpecification> find(String typeName) {
    TypeSpecification found = known.get(typeName);
    if (found != null) {
      return Optional.of(found);
    }
    if (!typeName.matches("AWS::[A-Za-z0-9]+::[A-Za-z0-9]+")) {
      return Optional.empty();
    }
    Optional<TypeSpecification> read =
        read("types/" + typeName.replace("::", "-") + ".json")
            .map(JsonParser::parseString)
            .map(json -> TypeSpecification.of((JsonObject) json));
    read.ifPresent(type -> known.put(typeName, type));
    return read;
  }

  /** Tells whether AWS has a type of this name. */
  public boolean isKnownToAws(String typeName) {
    return Names.ALL.contains(typeName);
  }

  /** Returns the name of AWS's that differs only in letter case, or by one or two letters. */
  public Optional<String> similar(String typeName) {
    return Names.ALL.stream()
        .filter(name -> name.equalsIgnoreCase(typeName))
        .findFirst()
        .or(
            () ->
                Names.ALL.stream()
                    .filter(name -> Spelling.distance(name, typeName) <= 2)
                    .findFirst());
  }

  private static Optional<String> read(String name) {
    try (InputStream in = ResourceTypes.class.getResourceAsStream(FOLDER + name)) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names of all types that AWS has; read when the first unknown one turns up. */
  private static final class Names {
    static final Set<String> ALL =
        new TreeSet<>(read("type-names.txt").orElse("").lines().toList());
  }

  /** How far one word is from another. */
  static final class Spelling {
    private Spelling() {}

    /** Returns how many letters must be changed, added or removed, letter case apart. */
    static int distance(String one, String other) {
      String a = one.toLowerCase(Locale.ROOT);
      String b = other.toLowerCase(Locale.ROOT);
      if (Math.abs(a.length() - b.length()) > 2) {
        return Integer.MAX_VALUE;
      }
      int[] row = new int[b.length() + 1];
      for (int j = 0; j <= b.length(); j++) {
        row[j] = j;
      }
      for (int i = 1; i <= a.length(); i++) {
        int diagonal = row[0];
        row[0] = i;
        for (int j = 1; j <= b.length(); j++) {
          int above = row[j];
          int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
          row[j] = Math.min(Math.min(row[j] + 1, row[j - 1] + 1), diagonal + change);
          diagonal = above;
        }
      }
      return row[b.length()];
    }
  }
}
