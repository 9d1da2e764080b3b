package dev.cloudtask.localcloud.cloudformation.template;

/**
 * A place in a template.
 *
 * @param file the file's name as given by whoever read it; empty for a template that came by the
 *     API
 * @param line from 1
 * @param column from 1
 */
public record Position(String file, int line, int column) {
  /** Returns {@code template.yaml:58}, or {@code line 58} for a template without a file. */
  @Override
  public String toString() {
    return file.isEmpty() ? "line " + line : file + ":" + line;
  }
}
