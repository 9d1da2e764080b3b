package dev.cloudtask.lambdaruntime;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Map;

/**
 * Replaces what {@link System#getenv()} says in this JVM, before any code of the function runs.
 *
 * <p>A pooled JVM is booted before it is known whose it will be, and Java has no way to change the
 * environment. The map behind {@code System.getenv} is reached through {@code sun.misc.Unsafe}
 * rather than by opening {@code java.lang}: an open package would let a function reflect into it
 * here and fail on AWS.
 *
 * <p>Child processes that the function starts with an untouched {@link ProcessBuilder} see the bare
 * environment this process was started with.
 */
final class EnvironmentVariables {
  private EnvironmentVariables() {}

  /** Makes these the variables, all of them and in this order. */
  static void replaceWith(Map<String, String> variables) {
    try {
      Memory memory = new Memory();
      Class<?> process = Class.forName("java.lang.ProcessEnvironment");
      Object unmodifiable =
          memory.staticField(process.getDeclaredField("theUnmodifiableEnvironment"));
      Class<?> wrapper = Class.forName("java.util.Collections$UnmodifiableMap");
      refill(memory.field(unmodifiable, wrapper.getDeclaredField("m")), variables);
      for (Field field : process.getDeclaredFields()) {
        if (field.getName().equals("theCaseInsensitiveEnvironment")) { // Windows has both
          refill(memory.staticField(field), variables);
        }
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "this JVM keeps its environment in another way than JDK 17 to 25 do", e);
    }
  }

  @SuppressWarnings("unchecked")
  private static void refill(Object map, Map<String, String> variables) {
    Map<String, String> environment = (Map<String, String>) map;
    environment.clear();
    environment.putAll(variables);
  }

  /** The few calls of {@code sun.misc.Unsafe}, by reflection: javac warns of the plain ones. */
  private static final class Memory {
    private final Object unsafe;
    private final Method getObject;
    private final Method staticFieldBase;
    private final Method staticFieldOffset;
    private final Method objectFieldOffset;

    Memory() throws ReflectiveOperationException {
      Class<?> type = Class.forName("sun.misc.Unsafe");
      Field instance = type.getDeclaredField("theUnsafe");
      instance.setAccessible(true);
      unsafe = instance.get(null);
      getObject = type.getMethod("getObject", Object.class, long.class);
      staticFieldBase = type.getMethod("staticFieldBase", Field.class);
      staticFieldOffset = type.getMethod("staticFieldOffset", Field.class);
      objectFieldOffset = type.getMethod("objectFieldOffset", Field.class);
    }

    Object staticField(Field field) throws ReflectiveOperationException {
      return getObject.invoke(
          unsafe, staticFieldBase.invoke(unsafe, field), staticFieldOffset.invoke(unsafe, field));
    }

    Object field(Object owner, Field field) throws ReflectiveOperationException {
      return getObject.invoke(unsafe, owner, objectFieldOffset.invoke(unsafe, field));
    }
  }
}
