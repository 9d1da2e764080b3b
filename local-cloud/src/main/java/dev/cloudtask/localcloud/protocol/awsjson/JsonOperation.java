package dev.cloudtask.localcloud.protocol.awsjson;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.gateway.ServiceCall;

/** One operation of a service that speaks AWS JSON. */
@FunctionalInterface
public interface JsonOperation {
  /**
   * Does it and returns the output.
   *
   * @throws dev.cloudtask.localcloud.protocol.AwsException as AWS would fail
   */
  JsonObject perform(JsonInput input, ServiceCall call);
}
