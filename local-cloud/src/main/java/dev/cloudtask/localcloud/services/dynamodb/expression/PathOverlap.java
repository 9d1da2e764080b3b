package dev.cloudtask.localcloud.services.dynamodb.expression;

import dev.cloudtask.localcloud.services.dynamodb.expression.Findings.Kind;
import java.util.ArrayList;
import java.util.List;

/** Finds document paths of one expression that touch the same value. */
final class PathOverlap {
  private final Findings findings;
  private final List<DocumentPath> paths = new ArrayList<>();

  PathOverlap(Findings findings) {
    this.findings = findings;
  }

  /** Checks a path against all before it. */
  void add(DocumentPath path) {
    for (DocumentPath before : paths) {
      check(before, path);
    }
    paths.add(path);
  }

  private void check(DocumentPath one, DocumentPath two) {
    int common = Math.min(one.steps().size(), two.steps().size());
    for (int i = 0; i < common; i++) {
      DocumentPath.Step left = one.steps().get(i);
      DocumentPath.Step right = two.steps().get(i);
      if (left instanceof DocumentPath.Name != right instanceof DocumentPath.Name) {
        findings.add(Kind.CONFLICT, message("conflict", one, two));
        return;
      }
      if (!left.equals(right)) {
        return;
      }
    }
    findings.add(Kind.OVERLAP, message("overlap", one, two));
  }

  private static String message(String what, DocumentPath one, DocumentPath two) {
    return "Two document paths "
        + what
        + " with each other; must remove or rewrite one of these paths; path one: "
        + one
        + ", path two: "
        + two;
  }
}
