package dev.cloudtask.lambdaruntime;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOError;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The life of a function's JVM: boot, become a function, take invocations until standard input
 * ends.
 */
public final class FunctionMain {
  private static final String TRACE_HEADER = "com.amazonaws.xray.traceHeader";
  private static final String BAD_FUNCTION_CODE = "Runtime.BadFunctionCode";
  private static final String USER_EXCEPTION = "Runtime.UserException";

  private final RuntimeApi api;
  private final LogFrames frames;
  private final LambdaLogger logger;

  private FunctionMain(RuntimeApi api, LogFrames frames, LambdaLogger logger) {
    this.api = api;
    this.frames = frames;
    this.logger = logger;
  }

  /**
   * Runs the function.
   *
   * @param arguments the secret of the frames ({@link LogFrames}); then {@code warm} for a JVM that
   *     will wait for its function and may use the time
   */
  public static void main(String[] arguments) throws Exception {
    FileInputStream parent = new FileInputStream(FileDescriptor.in);
    LogFrames frames = new LogFrames(arguments[0]);
    frames.write(LogFrames.BOOTED, new byte[0]);
    if (arguments.length > 1) {
      Serialization.warmUp();
      frames.write(LogFrames.WAITING, new byte[0]);
    }
    Assignment assignment;
    try {
      assignment = Assignment.read(new DataInputStream(parent));
    } catch (IOException e) {
      return; // the cloud has no use for this JVM any more
    }
    endWith(parent);
    EnvironmentVariables.replaceWith(assignment.environment());
    System.setIn(InputStream.nullInputStream());
    System.setOut(new PrintStream(frames.plain(), false, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(frames.plain(), false, StandardCharsets.UTF_8));
    FrameLogger logger = new FrameLogger(frames);
    publish(logger);
    String address = assignment.environment().get("AWS_LAMBDA_RUNTIME_API");
    String handler = assignment.environment().get("_HANDLER");
    if (address == null || handler == null) {
      throw new IllegalStateException("AWS_LAMBDA_RUNTIME_API and _HANDLER must be set");
    }
    new FunctionMain(new RuntimeApi(address), frames, logger).run(handler, assignment);
    System.exit(0);
  }

  /** Ends this process in the moment its parent ends, however that happens. */
  private static void endWith(InputStream parent) {
    Thread watch =
        new Thread("end with the cloud") {
          @Override
          public void run() {
            try {
              while (parent.read() >= 0) {
                // Nothing more is expected; only the end counts.
              }
            } catch (IOException e) {
              // As good as an end.
            }
            Runtime.getRuntime().halt(0);
          }
        };
    watch.setDaemon(true);
    watch.start();
  }

  /** Makes the logger the one of {@code LambdaRuntime.getLogger()}. */
  private static void publish(LambdaLogger logger) throws ReflectiveOperationException {
    Field field = LambdaRuntime.class.getDeclaredField("logger");
    field.setAccessible(true);
    field.set(null, logger);
  }

  private void run(String handlerName, Assignment assignment) throws IOException {
    Handler handler = null;
    HandlerFault fault = null;
    try {
      handler =
          HandlerLoader.load(
              handlerName, FunctionMain.class.getClassLoader(), assignment.newestClassFile());
    } catch (HandlerFault e) {
      fault = e;
      if (e.isFatal()) {
        logger.log(e.report());
        api.failInit(BAD_FUNCTION_CODE, e.payload());
        System.exit(1);
      }
    }
    boolean goOn = true;
    while (goOn) {
      Invocation invocation = api.next();
      if (invocation.traceId() == null) {
        System.clearProperty(TRACE_HEADER);
      } else {
        System.setProperty(TRACE_HEADER, invocation.traceId());
      }
      goOn = handle(invocation, handler, fault);
    }
  }

  private boolean handle(
      Invocation invocation, @Nullable Handler handler, @Nullable HandlerFault fault)
      throws IOException {
    try {
      if (handler == null) {
        throw fault == null ? new IllegalStateException("no handler") : fault;
      }
      ExposedBytes result = new ExposedBytes(1024);
      handler.handle(
          new ByteArrayInputStream(invocation.event()),
          result,
          new InvocationContext(invocation, logger));
      end(invocation);
      api.respond(invocation.requestId(), result);
      return true;
    } catch (HandlerFault e) {
      logger.log(e.report());
      end(invocation);
      api.fail(invocation.requestId(), BAD_FUNCTION_CODE, e.payload());
      return !e.isFatal();
    } catch (Throwable e) {
      StackTraces.cut(e);
      byte[] payload = FailurePayload.of(e);
      logger.log(HandlerFault.of(e, false).report());
      end(invocation);
      api.fail(invocation.requestId(), USER_EXCEPTION, payload);
      return !(e instanceof VirtualMachineError || e instanceof IOError);
    } finally {
      Thread.interrupted(); // whatever the function left behind
    }
  }

  private void end(Invocation invocation) {
    System.out.flush();
    System.err.flush();
    frames.write(LogFrames.END, invocation.requestId().getBytes(StandardCharsets.US_ASCII));
  }
}
