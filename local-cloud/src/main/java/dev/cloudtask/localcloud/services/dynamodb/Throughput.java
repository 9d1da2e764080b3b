package dev.cloudtask.localcloud.services.dynamodb;

/** Provisioned capacity in units per second; both 0 on demand. */
record Throughput(long read, long write) {
  static final Throughput NONE = new Throughput(0, 0);
}
