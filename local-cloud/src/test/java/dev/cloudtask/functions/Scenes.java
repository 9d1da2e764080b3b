package dev.cloudtask.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Plays the scene that the event names. */
public final class Scenes implements RequestHandler<Map<String, String>, Object> {
  private static final List<byte[]> HOARD = new ArrayList<>();
  private static int calls;

  @Override
  public @Nullable Object handleRequest(Map<String, String> event, Context context) {
    try {
      return play(event.getOrDefault("scene", ""), event, context);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static @Nullable Object play(String scene, Map<String, String> event, Context context)
      throws IOException, InterruptedException {
    return switch (scene) {
      case "count" -> ++calls;
      case "environment" -> System.getenv();
      case "variable" -> String.valueOf(System.getenv(event.get("name")));
      case "context" -> context(context);
      case "machine" -> machine();
      case "print" -> print(context);
      case "throw" -> throw new IllegalStateException("outer", new IOException("inner"));
      case "message" -> throw new RuntimeException("Error: some_error_msg");
      case "exit" -> exit(Integer.parseInt(event.getOrDefault("code", "0")));
      case "loop" -> loop();
      case "file" ->
          Files.exists(temporary("before-timeout"))
              ? Files.readString(temporary("before-timeout"))
              : "gone";
      case "hoard" -> hoard();
      case "large" -> "x".repeat(6 * 1024 * 1024 + 200);
      default -> throw new IllegalArgumentException("no scene " + scene);
    };
  }

  private static @Nullable Object print(Context context) {
    System.out.println("out ä");
    System.err.println("err ö");
    System.out.print("half");
    context.getLogger().log("one\ntwo");
    LambdaRuntime.getLogger().log("through the runtime");
    return null;
  }

  private static Object exit(int code) {
    System.exit(code);
    return code;
  }

  private static Object loop() throws IOException, InterruptedException {
    calls++;
    Files.writeString(temporary("before-timeout"), "still here");
    new CountDownLatch(1).await();
    return calls;
  }

  private static Object hoard() {
    while (true) {
      HOARD.add(new byte[8 * 1024 * 1024]);
    }
  }

  private static Path temporary(String name) {
    return Path.of(System.getProperty("java.io.tmpdir"), name);
  }

  private static Map<String, Object> context(Context context) {
    Map<String, Object> seen = new LinkedHashMap<>();
    seen.put("requestId", context.getAwsRequestId());
    seen.put("functionName", context.getFunctionName());
    seen.put("functionVersion", context.getFunctionVersion());
    seen.put("memory", context.getMemoryLimitInMB());
    seen.put("logGroup", context.getLogGroupName());
    seen.put("logStream", context.getLogStreamName());
    seen.put("arn", context.getInvokedFunctionArn());
    seen.put("remaining", context.getRemainingTimeInMillis());
    seen.put(
        "custom", context.getClientContext() == null ? "" : context.getClientContext().getCustom());
    return seen;
  }

  private static Map<String, Object> machine() {
    Map<String, Object> seen = new LinkedHashMap<>();
    seen.put("home", System.getProperty("user.home"));
    String[] files = Path.of(System.getProperty("user.home")).toFile().list();
    seen.put("homeFiles", files == null ? -1 : files.length);
    seen.put("timeZone", TimeZone.getDefault().getID());
    seen.put("charset", Charset.defaultCharset().name());
    seen.put("fileNames", System.getProperty("sun.jnu.encoding"));
    seen.put("heapMb", Runtime.getRuntime().maxMemory() / (1024 * 1024));
    seen.put("pid", ProcessHandle.current().pid());
    seen.put("classPath", System.getProperty("java.class.path"));
    return seen;
  }
}
