package dev.cloudtask.localcloud;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The facts about AWS and the tests that prove them.
 *
 * @param texts what AWS does, by the fact's id, in the order of {@code facts.txt}
 * @param tests the tests that name a fact, by its id
 */
record FactBook(Map<String, String> texts, Map<String, SortedSet<String>> tests) {
  /**
   * Reads the list of facts and the annotations of compiled tests.
   *
   * @throws IllegalStateException if a test names a fact that is not in the list, or a line of the
   *     list is no fact
   */
  static FactBook read(Path testClasses) throws IOException {
    Map<String, String> texts = read();
    Map<String, SortedSet<String>> tests = new TreeMap<>();
    try (Stream<Path> files = Files.walk(testClasses)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".class")).sorted().toList()) {
        String path = testClasses.relativize(file).toString().replace('\\', '/');
        collect(path.substring(0, path.length() - ".class".length()).replace('/', '.'), tests);
      }
    }
    SortedSet<String> unknown = new TreeSet<>(tests.keySet());
    unknown.removeAll(texts.keySet());
    if (!unknown.isEmpty()) {
      throw new IllegalStateException("facts.txt has no line for " + unknown);
    }
    return new FactBook(texts, tests);
  }

  private static Map<String, String> read() throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    try (InputStream in = FactBook.class.getResourceAsStream("facts.txt")) {
      List<String> lines =
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.startsWith("#"))
              .toList();
      for (String line : lines) {
        if (!line.matches("[A-Z0-9]+-\\d{3} .+\\.")
            || texts.put(
                    line.substring(0, line.indexOf(' ')), line.substring(line.indexOf(' ') + 1))
                != null) {
          throw new IllegalStateException("facts.txt: not a fact, or there twice: " + line);
        }
      }
    }
    return Collections.unmodifiableMap(texts);
  }

  private static void collect(String className, Map<String, SortedSet<String>> tests) {
    Class<?> type;
    try {
      type = Class.forName(className, false, FactBook.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new UncheckedIOException(new IOException("compiled, but not on the class path", e));
    }
    add(type, type.getSimpleName(), tests);
    for (Method method : type.getDeclaredMethods()) {
      add(method, type.getSimpleName() + "#" + method.getName(), tests);
    }
  }

  private static void add(
      AnnotatedElement element, String test, Map<String, SortedSet<String>> tests) {
    Fact fact = element.getAnnotation(Fact.class);
    if (fact != null) {
      for (String id : fact.value()) {
        tests.computeIfAbsent(id, key -> new TreeSet<>()).add(test);
      }
    }
  }
}
