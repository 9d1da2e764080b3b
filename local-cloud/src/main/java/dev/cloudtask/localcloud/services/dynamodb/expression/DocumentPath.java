package dev.cloudtask.localcloud.services.dynamodb.expression;

import dev.cloudtask.localcloud.services.dynamodb.item.AttributeValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way to a value within an item: {@code tags[0].name}.
 *
 * @param steps at least one; the first is a name
 */
public record DocumentPath(List<Step> steps) {
  /** One step down. */
  public sealed interface Step {}

  /** Into a map, or the item itself, by name. */
  public record Name(String name) implements Step {
    @Override
    public String toString() {
      return name;
    }
  }

  /** Into a list by index. */
  public record Index(int index) implements Step {
    @Override
    public String toString() {
      return "[" + index + "]";
    }
  }

  /** Copies the steps. */
  public DocumentPath {
    steps = List.copyOf(steps);
  }

  /** Returns the path of a top-level attribute. */
  static DocumentPath of(String name) {
    return new DocumentPath(List.of(new Name(name)));
  }

  /** Returns the name of the top-level attribute. */
  public String head() {
    return steps.get(0).toString();
  }

  /** Tells whether it leads into a document. */
  public boolean isNested() {
    return steps.size() > 1;
  }

  /** Returns the value it leads to in this item. */
  public Optional<AttributeValue> in(Map<String, AttributeValue> item) {
    AttributeValue value = item.get(head());
    for (int i = 1; i < steps.size() && value != null; i++) {
      value = step(value, steps.get(i));
    }
    return Optional.ofNullable(value);
  }

  static @Nullable AttributeValue step(AttributeValue from, Step step) {
    if (step instanceof Name name && from instanceof AttributeValue.MapOf map) {
      return map.values().get(name.name());
    }
    if (step instanceof Index index && from instanceof AttributeValue.ListOf list) {
      return index.index() < list.values().size() ? list.values().get(index.index()) : null;
    }
    return null;
  }

  /** Returns it as DynamoDB's messages do: {@code [tags, [0], name]}. */
  @Override
  public String toString() {
    return steps.toString();
  }
}
