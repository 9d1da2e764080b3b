package dev.cloudtask.localcloud.services.dynamodb;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The key of a table or an index.
 *
 * @param hash the partition key's attribute
 * @param range the sort key's attribute, if there is one
 */
record KeySchema(String hash, @Nullable String range) {
  List<String> names() {
    return range == null ? List.of(hash) : List.of(hash, range);
  }

  boolean contains(String attribute) {
    return attribute.equals(hash) || attribute.equals(range);
  }
}
