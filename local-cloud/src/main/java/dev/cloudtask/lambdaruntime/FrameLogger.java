package dev.cloudtask.lambdaruntime;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The function's {@link LambdaLogger}: each message is one event of the log. */
final class FrameLogger implements LambdaLogger {
  private final LogFrames frames;

  FrameLogger(LogFrames frames) {
    this.frames = frames;
  }

  @Override
  public void log(@Nullable String message) {
    log(message == null ? null : message.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void log(byte @Nullable [] message) {
    frames.write(LogFrames.MESSAGE, message == null ? new byte[] {'n', 'u', 'l', 'l'} : message);
  }
}
