package dev.cloudtask.localcloud.services.apigateway.control;

import dev.cloudtask.localcloud.protocol.Constraints;
import dev.cloudtask.localcloud.protocol.restjson.JsonBody;
import java.util.List;
import java.util.Optional;

/**
 * One operation of a PATCH request.
 *
 * @param op add, remove, replace, move, copy or test
 * @param path a JSON pointer; {@code ~1} stands for a slash in a name
 */
record Patch(String op, String path, Optional<String> value) {
  private static final List<String> OPS =
      List.of("add", "remove", "move", "test", "replace", "copy");

  /**
   * Reads the operations of a request.
   *
   * @param input the input's name in the service model, {@code updateStageInput}
   */
  static List<Patch> read(JsonBody body, String input) {
    List<JsonBody> operations = body.structures("patchOperations").orElse(List.of());
    Constraints constraints = new Constraints("ValidationException");
    for (int i = 0; i < operations.size(); i++) {
      constraints.oneOf(
          input + ".patchOperations." + (i + 1) + ".member.op", operations.get(i).text("op"), OPS);
    }
    constraints.check();
    return operations.stream()
        .map(
            operation ->
                new Patch(
                    operation.text("op").orElse("null"),
                    operation.text("path").orElse("null"),
                    operation.text("value")))
        .toList();
  }

  /** Returns the path's segments, slashes in names restored. */
  List<String> segments() {
    return List.of(path.split("/", -1)).stream()
        .skip(1)
        .map(segment -> segment.replace("~1", "/").replace("~0", "~"))
        .toList();
  }

  boolean adds() {
    return op.equals("add");
  }

  boolean replaces() {
    return op.equals("replace");
  }

  boolean removes() {
    return op.equals("remove");
  }
}
