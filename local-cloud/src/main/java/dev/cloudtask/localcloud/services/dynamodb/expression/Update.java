package dev.cloudtask.localcloud.services.dynamodb.expression;

import dev.cloudtask.localcloud.services.dynamodb.item.AttributeValue;
import java.util.ArrayList;
import java.util.List;

/**
 * An update expression.
 *
 * @param sets what SET assigns
 * @param removes what REMOVE takes away
 * @param adds what ADD adds to numbers and sets
 * @param deletes what DELETE takes out of sets
 */
public record Update(
    List<Assignment> sets, List<DocumentPath> removes, List<Change> adds, List<Change> deletes) {

  /** An assignment of SET. */
  public record Assignment(DocumentPath path, Operand value) {}

  /** An action of ADD or DELETE. */
  public record Change(DocumentPath path, AttributeValue value) {}

  /** The update that changes nothing: an UpdateItem without an expression. */
  public static final Update NOTHING = new Update(List.of(), List.of(), List.of(), List.of());

  /** Copies the lists. */
  public Update {
    sets = List.copyOf(sets);
    removes = List.copyOf(removes);
    adds = List.copyOf(adds);
    deletes = List.copyOf(deletes);
  }

  /** Returns all paths that change, SET's first. */
  public List<DocumentPath> paths() {
    List<DocumentPath> paths = new ArrayList<>();
    sets.forEach(set -> paths.add(set.path()));
    paths.addAll(removes);
    adds.forEach(add -> paths.add(add.path()));
    deletes.forEach(delete -> paths.add(delete.path()));
    return paths;
  }
}
