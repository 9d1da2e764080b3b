package dev.cloudtask.labs;

import dev.cloudtask.lab.Finding;
import dev.cloudtask.lab.code.FunctionCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The package of a project that no Maven builds here, put where Maven would put it, with the code
 * and the libraries that it would hold. For a pom that somebody has changed, Maven itself makes it.
 */
public final class StudentPackage {
  private static final String PACKAGE = "target/cloudtask.jar";

  private StudentPackage() {}

  /** Makes the package; of code that does not compile there is none. */
  public static void make(Path project) throws IOException {
    if (!Files.readString(project.resolve("pom.xml")).equals(StudentProject.pom())) {
      MavenPackage.make(project);
      return;
    }
    Path named = project.resolve(PACKAGE);
    Path work = Files.createTempDirectory(project, ".work-");
    try {
      Path made =
          new FunctionCode(project.toAbsolutePath().normalize())
              .inPlaceOf(named.toAbsolutePath().normalize(), work);
      Files.createDirectories(named.getParent());
      Files.copy(made, named, StandardCopyOption.REPLACE_EXISTING);
    } catch (Finding finding) {
      // The labs' tests will say why.
    }
  }
}
