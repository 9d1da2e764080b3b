package dev.cloudtask.lambdaruntime;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** Calls code that takes and gives objects: reads the event before and writes the result after. */
final class PojoHandler implements Handler {
  /** The code to call. */
  @FunctionalInterface
  interface Body {
    @Nullable Object call(@Nullable Object event, Context context) throws Throwable;
  }

  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  private final @Nullable PojoSerializer<Object> input;
  private final @Nullable PojoSerializer<Object> output;
  private final Body body;

  /**
   * Creates a handler.
   *
   * @param inputType the event's type; null if the code takes no event
   * @param outputType the result's type; {@code void} and {@link Void} give {@code null}
   */
  PojoHandler(@Nullable Type inputType, Type outputType, Body body) throws HandlerFault {
    this.input = inputType == null ? null : Serialization.of(inputType);
    this.output = isVoid(outputType) ? null : Serialization.of(outputType);
    this.body = body;
  }

  private static boolean isVoid(Type type) {
    return type.equals(void.class) || type.equals(Void.class);
  }

  @Override
  public void handle(InputStream event, OutputStream result, Context context) throws Throwable {
    Object argument = null;
    if (input != null) {
      try {
        argument = input.fromJson(event);
      } catch (Throwable e) {
        throw new RuntimeException("An error occurred during JSON parsing", StackTraces.cut(e));
      }
    }
    Object value = body.call(argument, context);
    if (output == null) {
      writeNull(result);
      return;
    }
    try {
      output.toJson(value, result);
    } catch (Throwable e) {
      throw new RuntimeException(
          "An error occurred during JSON serialization of response", StackTraces.cut(e));
    }
  }

  private static void writeNull(OutputStream result) throws IOException {
    result.write(NULL);
  }
}
