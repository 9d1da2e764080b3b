package dev.cloudtask.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers API Gateway, or makes the trouble that the last part of the path names. */
public final class Troubles implements RequestHandler<Map<String, Object>, Object> {
  /** What cannot be written as JSON. */
  public static final class Unwritable {
    private final List<String> titles = List.of();

    /** Fails. */
    public String getTitle() {
      return titles.get(0);
    }
  }

  @Override
  public @Nullable Object handleRequest(Map<String, Object> event, Context context) {
    Object path = event.getOrDefault("pathParameters", Map.of());
    String trouble = path instanceof Map<?, ?> names ? String.valueOf(names.get("trouble")) : "";
    return switch (trouble) {
      case "none" -> Map.of("statusCode", 200, "body", "fine");
      case "spin" -> spin();
      case "exit" -> exit();
      case "halt" -> halt();
      case "throw" -> throw new IllegalStateException("the password is swordfish");
      case "recurse" -> recurse(0);
      case "hoard" -> hoard();
      case "text" -> "nonsense";
      case "unwritable" -> new Unwritable();
      default -> throw new IllegalArgumentException(trouble);
    };
  }

  private static Object spin() {
    long turns = 0;
    while (true) {
      turns++;
      if (turns == Long.MIN_VALUE) {
        return turns;
      }
    }
  }

  private static @Nullable Object exit() {
    System.exit(1);
    return null;
  }

  private static @Nullable Object halt() {
    Runtime.getRuntime().halt(7);
    return null;
  }

  /** Would end, if there were room for 2,147,483,647 frames. */
  private static int recurse(int depth) {
    return depth == Integer.MAX_VALUE ? depth : recurse(depth + 1) + 1;
  }

  private static Object hoard() {
    List<byte[]> hoard = new ArrayList<>();
    while (hoard.size() < Integer.MAX_VALUE) {
      hoard.add(new byte[8 * 1024 * 1024]);
    }
    return hoard.size();
  }
}
