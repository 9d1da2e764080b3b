package dev.cloudtask.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;

/** Its constructor throws. */
public final class FailsToStart implements RequestHandler<Object, Object> {
  /** Fails. */
  public FailsToStart() {
    throw new IllegalStateException("TABLE_NAME is not set");
  }

  @Override
  public Object handleRequest(Object event, Context context) {
    return event;
  }
}
