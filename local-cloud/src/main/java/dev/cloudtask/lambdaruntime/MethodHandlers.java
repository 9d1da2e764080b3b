package dev.cloudtask.lambdaruntime;

import com.amazonaws.services.lambda.runtime.Context;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Handlers named {@code Class::method}. Of several methods of that name the one with the most
 * parameters is taken, a last {@link Context} counting twice; those whose parameters fit no form
 * are passed over with a word in the log.
 */
final class MethodHandlers {
  private static final Comparator<Method> PRIORITY =
      Comparator.comparing(Method::isBridge)
          .thenComparing(MethodHandlers::weight, Comparator.reverseOrder());

  private MethodHandlers() {}

  static Handler load(Class<?> type, String name) throws HandlerFault {
    Method[] methods;
    try {
      methods = type.getMethods();
    } catch (NoClassDefFoundError e) {
      throw HandlerFault.of(
          "Error loading method " + name + " on class " + type.getName(), e, false);
    }
    List<Method> named = new ArrayList<>();
    for (Method method : methods) {
      if (method.getName().equals(name)) {
        named.add(method);
      }
    }
    named.sort(PRIORITY);
    for (Method method : named) {
      Optional<Handler> handler = handler(type, method);
      if (handler.isPresent()) {
        return handler.get();
      }
    }
    throw HandlerFault.of(
        "No public method named "
            + name
            + " with appropriate method signature found on class "
            + type.getName());
  }

  private static int weight(Method method) {
    Class<?>[] parameters = method.getParameterTypes();
    boolean context =
        parameters.length > 0 && parameters[parameters.length - 1].equals(Context.class);
    return parameters.length + (context ? 1 : 0);
  }

  private static Optional<Handler> handler(Class<?> type, Method method) throws HandlerFault {
    Type[] parameters = method.getGenericParameterTypes();
    return switch (parameters.length) {
      case 0 -> pojo(type, method, null);
      case 1 ->
          isStream(parameters[0])
              ? stream(type, method)
              : pojo(type, method, isContext(parameters[0]) ? null : parameters[0]);
      case 2 -> two(type, method, parameters[0], parameters[1]);
      case 3 ->
          parameters[0].equals(InputStream.class)
                  && parameters[1].equals(OutputStream.class)
                  && isContext(parameters[2])
              ? stream(type, method)
              : passedOver(
                  "Ignoring three-argument overload because argument signature is not (InputStream,"
                      + " OutputStream, Context");
      default ->
          passedOver(
              "Ignoring an overload of method "
                  + method.getName()
                  + " because it has too many parameters: Expected at most 3, got "
                  + parameters.length);
    };
  }

  private static Optional<Handler> two(Class<?> type, Method method, Type first, Type second)
      throws HandlerFault {
    if (first.equals(OutputStream.class)) {
      return isContext(second)
          ? stream(type, method)
          : passedOver(
              "Ignoring two-argument overload because first argument type is OutputStream and"
                  + " second argument type is not Context");
    }
    if (isContext(first)) {
      return passedOver("Ignoring two-argument overload because first argument type is Context");
    }
    if (first.equals(InputStream.class)) {
      return second.equals(OutputStream.class) || isContext(second)
          ? stream(type, method)
          : passedOver(
              "Ignoring two-argument overload because second parameter type, "
                  + second.getTypeName()
                  + ", is not OutputStream.");
    }
    return isContext(second)
        ? pojo(type, method, first)
        : passedOver("Ignoring two-argument overload because second parameter type is not Context");
  }

  private static boolean isStream(Type type) {
    return type.equals(InputStream.class) || type.equals(OutputStream.class);
  }

  private static boolean isContext(Type type) {
    return type.equals(Context.class);
  }

  private static Optional<Handler> passedOver(String why) {
    System.err.println(why);
    return Optional.empty();
  }

  private static Optional<Handler> pojo(Class<?> type, Method method, @Nullable Type input)
      throws HandlerFault {
    Object instance = instance(type, method);
    Class<?>[] parameters = method.getParameterTypes();
    return Optional.of(
        new PojoHandler(
            input,
            method.getGenericReturnType(),
            (event, context) -> {
              Object[] arguments = new Object[parameters.length];
              for (int i = 0; i < arguments.length; i++) {
                arguments[i] = isContext(parameters[i]) ? context : event;
              }
              return invoke(method, instance, arguments);
            }));
  }

  private static Optional<Handler> stream(Class<?> type, Method method) throws HandlerFault {
    if (!method.getReturnType().equals(void.class)) {
      System.err.println(
          "Will ignore return type " + method.getReturnType() + " on byte stream handler");
    }
    Object instance = instance(type, method);
    Class<?>[] parameters = method.getParameterTypes();
    return Optional.of(
        (event, result, context) -> {
          Object[] arguments = new Object[parameters.length];
          for (int i = 0; i < arguments.length; i++) {
            arguments[i] =
                parameters[i].equals(InputStream.class)
                    ? event
                    : parameters[i].equals(OutputStream.class) ? result : context;
          }
          invoke(method, instance, arguments);
        });
  }

  private static @Nullable Object instance(Class<?> type, Method method) throws HandlerFault {
    return Modifier.isStatic(method.getModifiers()) ? null : HandlerLoader.instantiate(type);
  }

  private static @Nullable Object invoke(
      Method method, @Nullable Object instance, Object[] arguments) throws Throwable {
    try {
      return method.invoke(instance, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
