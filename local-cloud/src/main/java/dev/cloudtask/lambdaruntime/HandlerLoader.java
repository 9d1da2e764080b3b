package dev.cloudtask.lambdaruntime;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;

/**
 * Finds the handler that a configuration names: {@code package.Class} for the two interfaces of
 * {@code aws-lambda-java-core}, {@code package.Class::method} for any public method.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/java-handler.html">Define Lambda
 *     function handler in Java</a>
 */
final class HandlerLoader {
  private HandlerLoader() {}

  /**
   * Loads a handler.
   *
   * @param newestClassFile what the runtime named would load; this JVM may be newer
   * @throws HandlerFault if it cannot be: a fatal one fails the initialisation
   */
  static Handler load(String name, ClassLoader loader, int newestClassFile) throws HandlerFault {
    String[] parts = name.split("::", -1);
    if (parts.length > 2 || parts[0].isEmpty() || (parts.length == 2 && parts[1].isEmpty())) {
      throw HandlerFault.of("Invalid handler: `" + name + "'");
    }
    Class<?> type;
    try {
      ClassFileVersion.check(parts[0], loader, newestClassFile);
      type = Class.forName(parts[0], true, loader);
    } catch (ClassNotFoundException e) {
      throw HandlerFault.of("Class not found: " + parts[0], e, false);
    } catch (NoClassDefFoundError e) {
      throw initFault(e, parts[0], false);
    } catch (Throwable e) {
      throw initFault(e, parts[0], true);
    }
    return parts.length == 2 ? MethodHandlers.load(type, parts[1]) : interfaceHandler(type);
  }

  private static HandlerFault initFault(Throwable failure, String className, boolean fatal) {
    String reason = failure.getMessage();
    return HandlerFault.of(
        "Error loading class " + className + (reason == null ? "" : ": " + reason), failure, fatal);
  }

  private static Handler interfaceHandler(Class<?> type) throws HandlerFault {
    if (RequestStreamHandler.class.isAssignableFrom(type)) {
      RequestStreamHandler instance = (RequestStreamHandler) instantiate(type);
      return instance::handleRequest;
    }
    if (!RequestHandler.class.isAssignableFrom(type)) {
      throw HandlerFault.of(
          "Class does not implement an appropriate handler interface: " + type.getName());
    }
    Type[] types =
        TypeArguments.of(type, RequestHandler.class)
            .orElseThrow(() -> HandlerFault.of(notConcrete(type)));
    for (Type argument : types) {
      if (argument instanceof TypeVariable<?> variable && isUnbounded(variable)) {
        throw HandlerFault.of(
            notConcrete(type) + ": parameter " + variable + " has no upper bound.");
      }
    }
    @SuppressWarnings("unchecked")
    RequestHandler<Object, Object> instance = (RequestHandler<Object, Object>) instantiate(type);
    return new PojoHandler(types[0], types[1], instance::handleRequest);
  }

  private static String notConcrete(Class<?> type) {
    return "Class "
        + type.getName()
        + " does not implement RequestHandler with concrete type parameters";
  }

  private static boolean isUnbounded(TypeVariable<?> variable) {
    for (Type bound : variable.getBounds()) {
      if (!bound.equals(Object.class)) {
        return false;
      }
    }
    return true;
  }

  /** Makes the handler's one instance; what its constructor throws fails the initialisation. */
  static Object instantiate(Class<?> type) throws HandlerFault {
    Constructor<?> constructor;
    try {
      constructor = type.getConstructor();
    } catch (NoSuchMethodException e) {
      boolean inner = type.getEnclosingClass() != null && !Modifier.isStatic(type.getModifiers());
      throw HandlerFault.of(
          new Exception(
              inner
                  ? "Class "
                      + type.getName()
                      + " cannot be instantiated because it is a non-static inner class"
                  : "Class " + type.getName() + " has no public zero-argument constructor",
              inner ? null : e),
          false);
    }
    try {
      return constructor.newInstance();
    } catch (InvocationTargetException e) {
      throw HandlerFault.of(e.getCause() == null ? e : e.getCause(), true);
    } catch (ReflectiveOperationException e) {
      throw HandlerFault.of(e, false);
    }
  }
}
