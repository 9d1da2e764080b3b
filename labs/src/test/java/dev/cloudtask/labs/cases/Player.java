package dev.cloudtask.labs.cases;

import dev.cloudtask.labs.LabRun;
import dev.cloudtask.labs.LabRun.Outcome;
import dev.cloudtask.labs.StudentPackage;
import dev.cloudtask.labs.StudentProject;
import dev.cloudtask.labs.checkpoint.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Makes the project of a case and runs its labs' tests on it. */
final class Player {
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
      StudentPackage.make(project.folder());
    }
    return new Played(project, LabRun.ofLabs(firstLab, lab, folder));
  }
}
