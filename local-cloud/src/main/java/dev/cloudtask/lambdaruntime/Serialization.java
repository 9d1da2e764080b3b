package dev.cloudtask.lambdaruntime;

import com.amazonaws.services.lambda.runtime.CustomPojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Events and results as AWS's managed runtime turns them into objects and back. */
final class Serialization {
  private static final String CUSTOM =
      "META-INF/services/".concat("com.amazonaws.services.lambda.runtime.CustomPojoSerializer");
  private static final String[] USUAL_EVENTS = {
    "com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent",
    "com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent"
  };

  private Serialization() {}

  /** Returns the serializer for a type; the function's own one if it brings one. */
  @SuppressWarnings("unchecked")
  static PojoSerializer<Object> of(Type type) throws HandlerFault {
    ClassLoader loader = Serialization.class.getClassLoader();
    if (loader.getResource(CUSTOM) != null) {
      return new Custom(customSerializer(loader), type);
    }
    if (type instanceof Class<?> raw) {
      return LambdaEventSerializers.isLambdaSupportedEvent(raw.getName())
          ? (PojoSerializer<Object>) LambdaEventSerializers.serializerFor(raw, loader)
          : (PojoSerializer<Object>) JacksonFactory.getInstance().getSerializer(raw);
    }
    return JacksonFactory.getInstance().getSerializer(type);
  }

  private static CustomPojoSerializer customSerializer(ClassLoader loader) throws HandlerFault {
    Iterator<CustomPojoSerializer> found =
        ServiceLoader.load(CustomPojoSerializer.class, loader).iterator();
    CustomPojoSerializer serializer = found.next();
    if (found.hasNext()) {
      throw HandlerFault.of(
          "Too many serializers provided inside the META-INF/services folder, only one is"
              + " allowed");
    }
    return serializer;
  }

  /**
   * Loads what nearly every function will need, so that a JVM that waits for its function has it
   * behind it. Runs no code of the function and none that looks at the environment.
   */
  static void warmUp() {
    PojoSerializer<Map<?, ?>> serializer = mapSerializer();
    Map<?, ?> sample = serializer.fromJson(new ByteArrayInputStream(json("{\"a\":[1,\"b\",{}]}")));
    serializer.toJson(sample, new ByteArrayOutputStream());
    ClassLoader loader = Serialization.class.getClassLoader();
    for (String name : USUAL_EVENTS) {
      try {
        Class<?> event = Class.forName(name, false, loader);
        LambdaEventSerializers.serializerFor(event, loader)
            .fromJson(new ByteArrayInputStream(json("{\"body\":\"\",\"headers\":{}}")));
      } catch (ClassNotFoundException e) {
        return; // the function does not use Amazon's event classes
      }
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static PojoSerializer<Map<?, ?>> mapSerializer() {
    return (PojoSerializer) JacksonFactory.getInstance().getSerializer(Map.class);
  }

  private static byte[] json(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private record Custom(CustomPojoSerializer serializer, Type type)
      implements PojoSerializer<Object> {
    @Override
    public Object fromJson(InputStream input) {
      return serializer.fromJson(input, type);
    }

    @Override
    public Object fromJson(String input) {
      return serializer.fromJson(input, type);
    }

    @Override
    public void toJson(@Nullable Object value, OutputStream output) {
      serializer.toJson(value, output, type);
    }
  }
}
