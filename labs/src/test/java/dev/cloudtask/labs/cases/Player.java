package dev.cloudtask.labs.cases;

import dev.cloudtask.lab.code.FunctionCode;
import dev.cloudtask.labs.LabRun;
import dev.cloudtask.labs.LabRun.Outcome;
import dev.cloudtask.labs.StudentProject;
import dev.cloudtask.labs.checkpoint.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Makes the project of a case and runs its labs' tests on it. */
final class Player {
  private static final String PACKAGE = "target/cloudtask.jar";

  /** Whether the labs before are run as well; that takes minutes. */
  static final boolean THOROUGH = Boolean.getBoolean("cloudtask.thorough");

  /** A case that has been played. */
  record Played(StudentProject project, List<Outcome> outcomes) {}

  private Player() {}

  static Played play(int lab, List<Change> changes, Path folder, int firstLab) throws IOException {
    StudentProject project = StudentProject.write(Progress.lab(lab), folder);
    for (Change change : changes) {
      change.make(folder);
    }
    if (firstLab <= 4 && lab >= 4) {
      makePackage(project);
    }
    return new Played(project, LabRun.ofLabs(firstLab, lab, folder));
  }

  /** Puts the package where the build would, with the code and the libraries that it would hold. */
  private static void makePackage(StudentProject project) throws IOException {
    if (!project.text("pom.xml").equals(StudentProject.pom())) {
      MavenPackage.make(project.folder());
      return;
    }
    Path named = project.folder().resolve(PACKAGE);
    Path work = Files.createTempDirectory(project.folder(), ".work-");
    try {
      Path made = new FunctionCode(project.folder()).inPlaceOf(named, work);
      Files.createDirectories(named.getParent());
      Files.move(made, named, StandardCopyOption.REPLACE_EXISTING);
    } catch (dev.cloudtask.lab.Finding finding) {
      // The code does not compile: there is no package, and the labs' tests will say so.
    }
  }
}
