package dev.cloudtask.localcloud.services.dynamodb.item;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A value of an attribute. Immutable; equal if DynamoDB's {@code =} calls them equal.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html">
 *     AttributeValue</a>
 */
public sealed interface AttributeValue {
  /** Returns the type's descriptor, the member's name in JSON: {@code S}, {@code N}, {@code M}. */
  String type();

  /** A string. */
  record Text(String value) implements AttributeValue {
    @Override
    public String type() {
      return "S";
    }
  }

  /** A number without trailing zeros, so that equal numbers are equal records. */
  record Decimal(BigDecimal value) implements AttributeValue {
    @Override
    public String type() {
      return "N";
    }
  }

  /** Bytes. */
  record Blob(Binary value) implements AttributeValue {
    @Override
    public String type() {
      return "B";
    }
  }

  /** True or false. */
  record Bool(boolean value) implements AttributeValue {
    @Override
    public String type() {
      return "BOOL";
    }
  }

  /** The null value. */
  record Null() implements AttributeValue {
    @Override
    public String type() {
      return "NULL";
    }
  }

  /** Strings, each once, at least one. */
  record TextSet(Set<String> values) implements AttributeValue {
    /** Keeps the order given. */
    public TextSet {
      values = Collections.unmodifiableSet(new LinkedHashSet<>(values));
    }

    @Override
    public String type() {
      return "SS";
    }
  }

  /** Numbers, each once, at least one. */
  record DecimalSet(Set<BigDecimal> values) implements AttributeValue {
    /** Keeps the order given. */
    public DecimalSet {
      values = Collections.unmodifiableSet(new LinkedHashSet<>(values));
    }

    @Override
    public String type() {
      return "NS";
    }
  }

  /** Byte strings, each once, at least one. */
  record BlobSet(Set<Binary> values) implements AttributeValue {
    /** Keeps the order given. */
    public BlobSet {
      values = Collections.unmodifiableSet(new LinkedHashSet<>(values));
    }

    @Override
    public String type() {
      return "BS";
    }
  }

  /** Values in order. */
  record ListOf(List<AttributeValue> values) implements AttributeValue {
    /** Copies the list. */
    public ListOf {
      values = List.copyOf(values);
    }

    @Override
    public String type() {
      return "L";
    }
  }

  /** Values by name. */
  record MapOf(Map<String, AttributeValue> values) implements AttributeValue {
    /** Keeps the order given. */
    public MapOf {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    @Override
    public String type() {
      return "M";
    }
  }
}
