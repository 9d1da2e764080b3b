package dev.cloudtask.localcloud.cloudformation.intrinsic;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/**
 * A value that will only be known when a resource has been made. It stands in the JSON of an
 * evaluation as one object that is recognised by identity; whatever is made of it is unknown too.
 */
public final class Unknown {
  /** The unknown value. */
  public static final JsonElement VALUE = new JsonObject();

  private Unknown() {}

  /** Tells whether a value is the unknown one. */
  @SuppressWarnings("ReferenceEquality") // identity is the point: any other {} is an empty map
  public static boolean is(JsonElement value) {
    return value == VALUE;
  }

  /** Tells whether a value is, or holds, the unknown one. */
  public static boolean within(JsonElement value) {
    if (is(value)) {
      return true;
    }
    if (value.isJsonArray()) {
      return value.getAsJsonArray().asList().stream().anyMatch(Unknown::within);
    }
    return value.isJsonObject()
        && value.getAsJsonObject().asMap().values().stream().anyMatch(Unknown::within);
  }
}
