package dev.cloudtask.lab.code;

import dev.cloudtask.lab.Finding;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles a project's sources in this JVM, as its pom has Maven compile them: for Java 17. */
final class Compilation {
  private static final String RELEASE = "17";

  private final Path project;
  private final Path sources;

  Compilation(Path project, String sources) {
    this.project = project;
    this.sources = project.resolve(sources);
  }

  /**
   * Compiles.
   *
   * @throws Finding if the code does not compile; it points at the first error
   */
  void run(List<Path> libraries, Path target) throws IOException {
    if (!Files.isDirectory(sources)) {
      return;
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw Finding.of(Finding.Kind.NOT_TESTED, "compiled " + project.relativize(sources))
          .expected("a JDK")
          .got("a Java without a compiler: " + System.getProperty("java.home"))
          .found();
    }
    List<Path> files;
    try (Stream<Path> walk = Files.walk(sources)) {
      files = walk.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
    if (files.isEmpty()) {
      return;
    }
    DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
    try (StandardJavaFileManager manager =
        compiler.getStandardFileManager(said, Locale.ROOT, StandardCharsets.UTF_8)) {
      StringWriter rest = new StringWriter();
      boolean done =
          compiler
              .getTask(
                  rest,
                  manager,
                  said,
                  List.of(
                      "--release",
                      RELEASE,
                      "-proc:none",
                      "-nowarn",
                      "-parameters",
                      "-g",
                      "-d",
                      target.toString(),
                      "-cp",
                      ClassPath.joined(libraries.stream())),
                  null,
                  manager.getJavaFileObjectsFromPaths(files))
              .call();
      if (!done) {
        throw refused(said, rest.toString());
      }
    }
  }

  private Finding refused(DiagnosticCollector<JavaFileObject> said, String rest) {
    List<Diagnostic<? extends JavaFileObject>> errors =
        said.getDiagnostics().stream()
            .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
            .toList();
    Finding.Builder finding =
        Finding.of(Finding.Kind.NOT_COMPILED, "compiled src/main/java")
            .expected("classes")
            .got(errors.isEmpty() ? rest : errors.get(0).getMessage(Locale.ROOT));
    if (!errors.isEmpty() && errors.get(0).getSource() != null) {
      Path file = Path.of(errors.get(0).getSource().toUri());
      finding.where(
          project.relativize(file).toString().replace('\\', '/')
              + ":"
              + errors.get(0).getLineNumber());
    }
    return finding
        .why(
            errors.size() > 1
                ? "There are " + errors.size() + " errors; the later ones often follow from this."
                : "Nothing can run before everything compiles.")
        .found();
  }
}
