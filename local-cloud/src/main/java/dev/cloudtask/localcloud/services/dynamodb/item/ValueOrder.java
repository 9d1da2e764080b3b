package dev.cloudtask.localcloud.services.dynamodb.item;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;

/** The order of values that have one: strings by UTF-8, numbers, binaries; each among its own. */
public final class ValueOrder {
  private ValueOrder() {}

  /** Compares two values; empty if they are of different types or of a type without order. */
  public static OptionalInt compare(AttributeValue left, AttributeValue right) {
    if (left instanceof AttributeValue.Text a && right instanceof AttributeValue.Text b) {
      return OptionalInt.of(
          Arrays.compareUnsigned(
              a.value().getBytes(StandardCharsets.UTF_8),
              b.value().getBytes(StandardCharsets.UTF_8)));
    }
    if (left instanceof AttributeValue.Decimal a && right instanceof AttributeValue.Decimal b) {
      return OptionalInt.of(a.value().compareTo(b.value()));
    }
    if (left instanceof AttributeValue.Blob a && right instanceof AttributeValue.Blob b) {
      return OptionalInt.of(a.value().compareTo(b.value()));
    }
    return OptionalInt.empty();
  }
}
