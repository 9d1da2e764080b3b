package dev.cloudtask.lab;

import java.nio.file.Path;

/**
 * The student's project.
 *
 * @param folder with {@code template.yaml} and {@code website/}
 */
public record Project(Path folder) {
  /** Makes the folder absolute. */
  public Project {
    folder = folder.toAbsolutePath().normalize();
  }

  /** Returns the template's file. */
  public Path template() {
    return folder.resolve("template.yaml");
  }

  /** Returns the folder with the page's files. */
  public Path website() {
    return folder.resolve("website");
  }
}
