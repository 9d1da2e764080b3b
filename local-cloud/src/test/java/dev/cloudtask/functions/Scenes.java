package dev.cloudtask.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.CountDownLatch;

/** Plays the scene that the event names. */
public final class Scenes implements RequestHandler<Map<String, String>, Object> {
  private static final List<byte[]> HOARD = new ArrayList<>();
  private static int calls;

  @Override
  public Object handleRequest(Map<String, String> event, Context context) {
    try {
      return play(event.getOrDefault("scene", ""), event, context);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object play(String scene, Map<String, String> event, Context context)
      throws IOException, InterruptedException {
    switch (scene) {
      case "count":
        return ++calls;
      case "environment":
        return System.getenv();
      case "variable":
        return String.valueOf(System.getenv(event.get("name")));
      case "context":
        return context(context);
      case "machine":
        return machine();
      case "print":
        System.out.println("out ä");
        System.err.println("err ö");
        System.out.print("half");
        context.getLogger().log("one\ntwo");
        LambdaRuntime.getLogger().log("through the runtime");
        return null;
      case "throw":
        throw new IllegalStateException("outer", new IOException("inner"));
      case "message":
        throw new RuntimeException("Error: some_error_msg");
      case "exit":
        System.exit(Integer.parseInt(event.get("code")));
        return null;
      case "loop":
        calls++;
        Files.writeString(temporary("before-timeout"), "still here");
        new CountDownLatch(1).await();
        return null;
      case "file":
        Path file = temporary("before-timeout");
        return Files.exists(file) ? Files.readString(file) : "gone";
      case "hoard":
        while (true) {
          HOARD.add(new byte[8 * 1024 * 1024]);
        }
      case "large":
        return "x".repeat(6 * 1024 * 1024 + 200);
      case "sleep":
        Thread.sleep(Long.parseLong(event.get("millis")));
        return "slept";
      default:
        throw new IllegalArgumentException("no scene " + scene);
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
    seen.put("homeFiles", Path.of(System.getProperty("user.home")).toFile().list().length);
    seen.put("timeZone", TimeZone.getDefault().getID());
    seen.put("charset", java.nio.charset.Charset.defaultCharset().name());
    seen.put("fileNames", System.getProperty("sun.jnu.encoding"));
    seen.put("heapMb", Runtime.getRuntime().maxMemory() / (1024 * 1024));
    seen.put("pid", ProcessHandle.current().pid());
    seen.put("classPath", System.getProperty("java.class.path"));
    return seen;
  }
}
