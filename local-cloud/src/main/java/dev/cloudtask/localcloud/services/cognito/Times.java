package dev.cloudtask.localcloud.services.cognito;

import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.time.Instant;

/** Time stamps in the JSON protocol: seconds with milliseconds as decimals. */
final class Times {
  private Times() {}

  static JsonPrimitive json(Instant time) {
    return new JsonPrimitive(BigDecimal.valueOf(time.toEpochMilli(), 3));
  }
}
