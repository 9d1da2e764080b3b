package dev.cloudtask.localcloud.services.lambda;

/**
 * Where a function is in its life.
 *
 * @param state {@code Pending} or {@code Active}
 * @param update {@code InProgress} or {@code Successful}
 */
record FunctionStatus(String state, String update) {
  static final FunctionStatus CREATING = new FunctionStatus("Pending", "InProgress");
  static final FunctionStatus UPDATING = new FunctionStatus("Active", "InProgress");
  static final FunctionStatus READY = new FunctionStatus("Active", "Successful");

  boolean isReady() {
    return equals(READY);
  }
}
