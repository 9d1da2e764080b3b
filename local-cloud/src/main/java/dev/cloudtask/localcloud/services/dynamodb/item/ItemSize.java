package dev.cloudtask.localcloud.services.dynamodb.item;

import java.math.BigDecimal;
import java.util.Map;

/**
 * Sizes in bytes as DynamoDB counts them, for limits and for capacity.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html">
 *     DynamoDB item sizes and formats</a>
 */
public final class ItemSize {
  /** The largest item: 400 KB. */
  public static final int LARGEST_ITEM = 400 * 1024;

  /** What a list or a map costs before its first element. */
  private static final int DOCUMENT_OVERHEAD = 3;

  private ItemSize() {}

  /** Returns the size of an item: names and values. */
  public static int of(Map<String, AttributeValue> item) {
    int size = 0;
    for (Map.Entry<String, AttributeValue> attribute : item.entrySet()) {
      size += utf8Length(attribute.getKey()) + of(attribute.getValue());
    }
    return size;
  }

  /** Returns the size of a value. */
  public static int of(AttributeValue value) {
    int size = 0;
    if (value instanceof AttributeValue.Text text) {
      size = utf8Length(text.value());
    } else if (value instanceof AttributeValue.Decimal decimal) {
      size = Numbers.size(decimal.value());
    } else if (value instanceof AttributeValue.Blob blob) {
      size = blob.value().length();
    } else if (value instanceof AttributeValue.Bool || value instanceof AttributeValue.Null) {
      size = 1;
    } else if (value instanceof AttributeValue.TextSet set) {
      for (String member : set.values()) {
        size += utf8Length(member);
      }
    } else if (value instanceof AttributeValue.DecimalSet set) {
      for (BigDecimal member : set.values()) {
        size += Numbers.size(member);
      }
    } else if (value instanceof AttributeValue.BlobSet set) {
      for (Binary member : set.values()) {
        size += member.length();
      }
    } else if (value instanceof AttributeValue.ListOf list) {
      size = DOCUMENT_OVERHEAD;
      for (AttributeValue member : list.values()) {
        size += 1 + of(member);
      }
    } else if (value instanceof AttributeValue.MapOf map) {
      size = DOCUMENT_OVERHEAD + map.values().size() + of(map.values());
    }
    return size;
  }

  /** Returns the length of text in UTF-8. */
  public static int utf8Length(String text) {
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        length += 1;
      } else if (c < 0x800) {
        length += 2;
      } else if (Character.isHighSurrogate(c)) {
        length += 4;
        i++;
      } else {
        length += 3;
      }
    }
    return length;
  }
}
