package dev.cloudtask.localcloud.protocol.awsquery;

/**
 * One operation of a service.
 *
 * @param <C> what the service wants to know of a call beside its parameters
 */
@FunctionalInterface
public interface QueryOperation<C> {
  /** Does it; what is written into {@code result} is the answer. */
  void answer(C call, QueryInput input, QueryResult result);
}
