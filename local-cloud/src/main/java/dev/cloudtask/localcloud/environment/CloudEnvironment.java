package dev.cloudtask.localcloud.environment;

import dev.cloudtask.localcloud.store.StateStore;
import dev.cloudtask.localcloud.trace.Tracer;
import java.time.Clock;

/**
 * What every room is handed when it is built.
 *
 * @param accountId twelve digits; 000000000000 unless told otherwise
 * @param region the cloud's one region, for instance {@code us-east-1}
 * @param clock all time comes from here, so that tests can hold it
 * @param ids all chance comes from here
 * @param store all state that must survive
 * @param tracer the traces of requests
 */
public record CloudEnvironment(
    String accountId, String region, Clock clock, Ids ids, StateStore store, Tracer tracer) {

  /** Returns an ARN of this account and region: {@code arn:aws:SERVICE:REGION:ACCOUNT:RESOURCE}. */
  public String arn(String service, String resource) {
    return "arn:aws:" + service + ":" + region + ":" + accountId + ":" + resource;
  }
}
