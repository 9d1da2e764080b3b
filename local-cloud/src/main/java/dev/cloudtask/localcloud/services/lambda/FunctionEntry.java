package dev.cloudtask.localcloud.services.lambda;

import java.util.Map;

/**
 * A function as a whole.
 *
 * @param latest its {@code $LATEST}
 * @param reservedConcurrency how many calls it may have at once; {@link #UNRESERVED} for no limit
 * @param lastVersion the highest number given to a version so far
 */
record FunctionEntry(
    FunctionVersion latest, Map<String, String> tags, int reservedConcurrency, int lastVersion) {
  static final int UNRESERVED = -1;

  FunctionEntry with(FunctionVersion changed) {
    return new FunctionEntry(changed, tags, reservedConcurrency, lastVersion);
  }

  FunctionEntry withTags(Map<String, String> changed) {
    return new FunctionEntry(latest, changed, reservedConcurrency, lastVersion);
  }

  FunctionEntry withReserved(int changed) {
    return new FunctionEntry(latest, tags, changed, lastVersion);
  }

  FunctionEntry withLastVersion(int changed) {
    return new FunctionEntry(latest, tags, reservedConcurrency, changed);
  }
}
