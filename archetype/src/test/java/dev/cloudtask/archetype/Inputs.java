package dev.cloudtask.archetype;

import java.util.ArrayList;
import java.util.List;

/**
 * What a student may answer the generator.
 *
 * @param groupId empty for the default, as the others
 * @param folder where it is generated
 */
record Inputs(String groupId, String artifactId, String packageName, String folder) {
  /** Two that differ in everything, for every build. */
  static final List<Inputs> FEW =
      List.of(
          new Inputs("org.example.deep", "my-tasks", "", "a student's Übung"),
          new Inputs("", "Tasks2", "org.example.my_tasks.functions", "plain"));

  /** More of them, for the thorough build. */
  static final List<Inputs> MANY =
      List.of(
          new Inputs("", "", "", "defaults only"),
          new Inputs("de.beispiel", "aufgaben-liste-2026", "tasks", "one segment"),
          new Inputs("a", "b", "a.b.c.d.e.f.g", "deep"),
          new Inputs("com.Example", "UPPER", "com.Example.Upper", "upper case"),
          new Inputs("cloudtask.student", "x", "cloudtask.student.ada", "below our own name"),
          new Inputs("org.other", "y1", "net.elsewhere_2.fn", "unlike the group"),
          new Inputs("g", "with.dots", "_x.$y", "odd but legal"));

  /** Returns the name of the generated folder. */
  String project() {
    return artifactId.isEmpty() ? "cloudtask" : artifactId;
  }

  /** Returns the package of the functions. */
  String functions() {
    return packageName.isEmpty() ? "cloudtask" : packageName;
  }

  /** Returns the options that say so. */
  List<String> options() {
    List<String> options = new ArrayList<>();
    add(options, "groupId", groupId);
    add(options, "artifactId", artifactId);
    add(options, "package", packageName);
    return options;
  }

  private static void add(List<String> options, String name, String value) {
    if (!value.isEmpty()) {
      options.add("-D" + name + "=" + value);
    }
  }

  /** Moves a text of ours into this package, as the generator does. */
  String moved(String text) {
    return text.replaceAll(
            "(?<![\\w./])cloudtask\\.(?=[A-Z])", functions().replace("$", "\\$") + ".")
        .replaceAll("(?m)^package cloudtask;", "package " + functions().replace("$", "\\$") + ";")
        .replaceAll(
            "src/main/java/cloudtask(?=/)",
            "src/main/java/" + functions().replace('.', '/').replace("$", "\\$"));
  }
}
