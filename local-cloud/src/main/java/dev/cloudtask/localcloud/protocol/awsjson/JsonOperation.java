package dev.cloudtask.localcloud.protocol.awsjson;

import com.google.gson.JsonObject;

/**
 * One operation of a service that speaks AWS JSON.
 *
 * @param <C> what the service wants to know of a call beside its input: caller, time, trace
 */
@FunctionalInterface
public interface JsonOperation<C> {
  /**
   * Does it and returns the output.
   *
   * @throws dev.cloudtask.localcloud.protocol.AwsException as AWS would fail
   */
  JsonObject perform(JsonInput input, C call);
}
