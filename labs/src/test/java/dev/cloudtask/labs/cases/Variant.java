package dev.cloudtask.labs.cases;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A right solution of labs 1 to {@code lab} that is written differently from ours. */
record Variant(String file, int lab, String id, String title, List<Change> changes) {
  static Variant read(String shown, int lab, String id, Path path) throws IOException {
    Map<String, CaseText> members =
        CaseText.read(shown, path).map(Set.of("title", "change"), Set.of("why", "row"));
    return new Variant(
        shown, lab, id, members.get("title").text(), Change.read(members.get("change")));
  }
}
