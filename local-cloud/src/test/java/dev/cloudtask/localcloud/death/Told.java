package dev.cloudtask.localcloud.death;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one writer was told about the things it writes: what stands for certain, and what was under
 * way when the cloud died, which may have happened or not.
 *
 * @param <V> the state of a thing; no state means it is not there
 */
final class Told<V> {
  private record Thing<V>(Optional<V> certain, Optional<V> next, boolean underWay) {}

  private final Map<String, Thing<V>> things = new TreeMap<>();
  private long acknowledged;

  /** A request is about to be sent that gives a thing this state. */
  synchronized void begin(String name, Optional<V> next) {
    things.put(name, new Thing<>(certain(name), next, true));
  }

  /** The request was answered: it has happened. */
  synchronized void acknowledge(String name) {
    things.put(name, new Thing<>(things.get(name).next(), Optional.empty(), false));
    acknowledged++;
  }

  /** Returns what is certain of a thing. */
  synchronized Optional<V> certain(String name) {
    Thing<V> thing = things.get(name);
    return thing == null ? Optional.empty() : thing.certain();
  }

  synchronized List<String> names() {
    return List.copyOf(things.keySet());
  }

  /** Returns how many requests were acknowledged. */
  synchronized long acknowledged() {
    return acknowledged;
  }

  /**
   * Compares with what is there, and takes it as certain from now on.
   *
   * @return what is wrong, in words
   */
  synchronized List<String> compare(String kind, Map<String, V> there) {
    List<String> wrong = new ArrayList<>();
    for (String name : names()) {
      Thing<V> thing = things.get(name);
      Optional<V> found = Optional.ofNullable(there.get(name));
      if (!found.equals(thing.certain()) && !(thing.underWay() && found.equals(thing.next()))) {
        wrong.add(
            "%s %s: acknowledged %s, under way %s, found %s"
                .formatted(
                    kind,
                    name,
                    words(thing.certain()),
                    thing.underWay() ? words(thing.next()) : "nothing",
                    words(found)));
      }
      things.put(name, new Thing<>(found, Optional.empty(), false));
    }
    for (String name : there.keySet()) {
      if (!things.containsKey(name)) {
        wrong.add("%s %s is there and nobody made it".formatted(kind, name));
      }
    }
    return wrong;
  }

  private static String words(Optional<?> state) {
    return state.map(Object::toString).orElse("none");
  }
}
