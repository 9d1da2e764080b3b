package dev.cloudtask.lambdaruntime;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the types with which a class implements a generic interface, however far up. */
final class TypeArguments {
  private record Step(Class<?> type, Map<TypeVariable<?>, Type> bindings) {}

  private TypeArguments() {}

  /** Returns the arguments, nearest first; empty if the interface is implemented raw. */
  static Optional<Type[]> of(Class<?> type, Class<?> wanted) {
    ArrayDeque<Step> open = new ArrayDeque<>();
    open.add(new Step(type, Map.of()));
    while (!open.isEmpty()) {
      Step step = open.remove();
      for (Type generic : step.type().getGenericInterfaces()) {
        if (generic instanceof ParameterizedType parameterized
            && parameterized.getRawType().equals(wanted)) {
          return Optional.of(resolve(parameterized, step.bindings()));
        }
        follow(generic, step.bindings(), open);
      }
      follow(step.type().getGenericSuperclass(), step.bindings(), open);
    }
    return Optional.empty();
  }

  private static void follow(
      @Nullable Type generic, Map<TypeVariable<?>, Type> bindings, ArrayDeque<Step> open) {
    if (generic instanceof ParameterizedType parameterized) {
      Class<?> raw = (Class<?>) parameterized.getRawType();
      Type[] arguments = resolve(parameterized, bindings);
      Map<TypeVariable<?>, Type> inner = new HashMap<>();
      for (int i = 0; i < arguments.length; i++) {
        inner.put(raw.getTypeParameters()[i], arguments[i]);
      }
      open.add(new Step(raw, inner));
    } else if (generic instanceof Class<?> raw) {
      open.add(new Step(raw, Map.of()));
    }
  }

  private static Type[] resolve(
      ParameterizedType parameterized, Map<TypeVariable<?>, Type> bindings) {
    Type[] arguments = parameterized.getActualTypeArguments();
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i] instanceof TypeVariable<?> variable) {
        arguments[i] = bindings.getOrDefault(variable, variable);
      }
    }
    return arguments;
  }
}
