package dev.cloudtask.localcloud.services;

import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a service does with AWS's operations, by their names in AWS's API. The book's table of
 * operations is made of these; no operation that AWS has may be missing.
 *
 * @param emulated those that do here what they do on AWS
 * @param storedOnly those whose settings are kept and given back, and have no effect here
 * @param refused those that are refused by name
 */
public record Operations(Set<String> emulated, Set<String> storedOnly, Set<String> refused) {
  /** Sorts the names; an operation may be in one of the sets only. */
  public Operations {
    emulated = sorted(emulated);
    storedOnly = sorted(storedOnly);
    refused = sorted(refused);
    if (!Collections.disjoint(emulated, storedOnly)
        || !Collections.disjoint(emulated, refused)
        || !Collections.disjoint(storedOnly, refused)) {
      throw new IllegalArgumentException("an operation is emulated, stored only or refused");
    }
  }

  /** All that is answered is emulated. */
  public static Operations of(Collection<String> answered, Collection<String> refused) {
    return of(answered, refused, Set.of());
  }

  /**
   * All that is answered is emulated, but for some.
   *
   * @param storedOnly those of the answered ones that have no effect
   */
  public static Operations of(
      Collection<String> answered, Collection<String> refused, Set<String> storedOnly) {
    if (!answered.containsAll(storedOnly)) {
      throw new IllegalArgumentException("what is stored is answered: " + storedOnly);
    }
    Set<String> emulated = new TreeSet<>(answered);
    emulated.removeAll(storedOnly);
    return new Operations(emulated, storedOnly, new TreeSet<>(refused));
  }

  private static Set<String> sorted(Set<String> names) {
    return Collections.unmodifiableSet(new TreeSet<>(names));
  }
}
