package dev.cloudtask.localcloud.services.apigateway.execute;

import java.util.List;
import java.util.Map;

/**
 * What is answered, before the gateway's own headers.
 *
 * @param headers all values by name
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record Answer(int status, Map<String, List<String>> headers, byte[] body) {
  void set(String name, String value) {
    headers.remove(name);
    headers.put(name, List.of(value));
  }
}
