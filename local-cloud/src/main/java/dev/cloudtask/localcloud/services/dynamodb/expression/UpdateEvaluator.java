package dev.cloudtask.localcloud.services.dynamodb.expression;

import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.services.dynamodb.item.AttributeValue;
import dev.cloudtask.localcloud.services.dynamodb.item.Binary;
import dev.cloudtask.localcloud.services.dynamodb.item.Numbers;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Applies an update to an item. All operands are read from the item as it was; actions take effect
 * in the order SET, REMOVE, ADD, DELETE, list elements being removed last so that no index moves.
 */
public final class UpdateEvaluator {
  private final Map<String, AttributeValue> before;
  private final Draft draft;

  private UpdateEvaluator(Map<String, AttributeValue> before) {
    this.before = before;
    this.draft = new Draft(before);
  }

  /**
   * Returns the item after an update.
   *
   * @param item the item before; with only its key attributes if there was none
   * @throws AwsException ValidationException in DynamoDB's words
   */
  public static Map<String, AttributeValue> apply(Update update, Map<String, AttributeValue> item) {
    UpdateEvaluator evaluator = new UpdateEvaluator(item);
    evaluator.apply(update);
    return evaluator.draft.toItem();
  }

  private void apply(Update update) {
    Map<DocumentPath, AttributeValue> assigned = new LinkedHashMap<>();
    for (Update.Assignment set : update.sets()) {
      assigned.put(set.path(), value(set.value()));
    }
    assigned.forEach(draft::set);
    update.removes().forEach(draft::remove);
    for (Update.Change add : update.adds()) {
      draft.checkParent(add.path());
      draft.set(add.path(), sum(add.path().in(before), add.value()));
    }
    for (Update.Change delete : update.deletes()) {
      draft.checkParent(delete.path());
      Optional<AttributeValue> old = delete.path().in(before);
      if (old.isPresent()) {
        difference(old.get(), delete.value())
            .ifPresentOrElse(
                left -> draft.set(delete.path(), left), () -> draft.remove(delete.path()));
      }
    }
  }

  private AttributeValue value(Operand operand) {
    if (operand instanceof Operand.Given given) {
      return given.value();
    }
    if (operand instanceof Operand.At at) {
      return at.path()
          .in(before)
          .orElseThrow(
              () ->
                  invalid(
                      "The provided expression refers to an attribute that does not exist in the"
                          + " item"));
    }
    if (operand instanceof Operand.Arithmetic arithmetic) {
      BigDecimal left = number(value(arithmetic.left()));
      BigDecimal right = number(value(arithmetic.right()));
      return new AttributeValue.Decimal(
          Numbers.checked(
              arithmetic.operator().equals("+") ? left.add(right) : left.subtract(right)));
    }
    if (operand instanceof Operand.Call call && call.function().equals("if_not_exists")) {
      Optional<AttributeValue> there =
          call.arguments().get(0) instanceof Operand.At at
              ? at.path().in(before)
              : Optional.empty();
      return there.orElseGet(() -> value(call.arguments().get(1)));
    }
    if (operand instanceof Operand.Call call && call.function().equals("list_append")) {
      List<AttributeValue> joined = new ArrayList<>();
      for (Operand argument : call.arguments()) {
        if (!(value(argument) instanceof AttributeValue.ListOf list)) {
          throw wrongType();
        }
        joined.addAll(list.values());
      }
      return new AttributeValue.ListOf(joined);
    }
    throw new IllegalStateException("no value: " + operand);
  }

  private static BigDecimal number(AttributeValue value) {
    if (value instanceof AttributeValue.Decimal decimal) {
      return decimal.value();
    }
    throw wrongType();
  }

  private static AttributeValue sum(Optional<AttributeValue> old, AttributeValue added) {
    if (old.isEmpty()) {
      return added;
    }
    AttributeValue value = old.get();
    if (value instanceof AttributeValue.Decimal a && added instanceof AttributeValue.Decimal b) {
      return new AttributeValue.Decimal(Numbers.checked(a.value().add(b.value())));
    }
    if (value instanceof AttributeValue.TextSet a && added instanceof AttributeValue.TextSet b) {
      Set<String> all = new LinkedHashSet<>(a.values());
      all.addAll(b.values());
      return new AttributeValue.TextSet(all);
    }
    if (value instanceof AttributeValue.DecimalSet a
        && added instanceof AttributeValue.DecimalSet b) {
      Set<BigDecimal> all = new LinkedHashSet<>(a.values());
      all.addAll(b.values());
      return new AttributeValue.DecimalSet(all);
    }
    if (value instanceof AttributeValue.BlobSet a && added instanceof AttributeValue.BlobSet b) {
      Set<Binary> all = new LinkedHashSet<>(a.values());
      all.addAll(b.values());
      return new AttributeValue.BlobSet(all);
    }
    throw wrongType();
  }

  /** Returns a set without some members; empty if none is left. */
  private static Optional<AttributeValue> difference(AttributeValue old, AttributeValue taken) {
    if (old instanceof AttributeValue.TextSet a && taken instanceof AttributeValue.TextSet b) {
      Set<String> left = new LinkedHashSet<>(a.values());
      left.removeAll(b.values());
      return left.isEmpty() ? Optional.empty() : Optional.of(new AttributeValue.TextSet(left));
    }
    if (old instanceof AttributeValue.DecimalSet a
        && taken instanceof AttributeValue.DecimalSet b) {
      Set<BigDecimal> left = new LinkedHashSet<>(a.values());
      left.removeAll(b.values());
      return left.isEmpty() ? Optional.empty() : Optional.of(new AttributeValue.DecimalSet(left));
    }
    if (old instanceof AttributeValue.BlobSet a && taken instanceof AttributeValue.BlobSet b) {
      Set<Binary> left = new LinkedHashSet<>(a.values());
      left.removeAll(b.values());
      return left.isEmpty() ? Optional.empty() : Optional.of(new AttributeValue.BlobSet(left));
    }
    throw wrongType();
  }

  static AwsException wrongType() {
    return invalid("An operand in the update expression has an incorrect data type");
  }

  static AwsException invalid(String message) {
    return new AwsException("ValidationException", 400, message);
  }
}
