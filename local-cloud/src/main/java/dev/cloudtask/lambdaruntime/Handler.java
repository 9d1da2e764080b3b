package dev.cloudtask.lambdaruntime;

import com.amazonaws.services.lambda.runtime.Context;
import java.io.InputStream;
import java.io.OutputStream;

/** A loaded handler, whatever kind it is: takes an event, writes a result. */
@FunctionalInterface
interface Handler {
  /**
   * Handles one event.
   *
   * @throws Throwable whatever the function throws
   */
  void handle(InputStream event, OutputStream result, Context context) throws Throwable;
}
