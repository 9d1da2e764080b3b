package dev.cloudtask.localcloud.services.s3;

/**
 * An object's checksum as S3 keeps it.
 *
 * @param algorithm a {@link ChecksumAlgorithm} name
 * @param value Base64; a composite one ends in {@code -N}
 * @param type {@code FULL_OBJECT} or {@code COMPOSITE}
 */
record StoredChecksum(String algorithm, String value, String type) {
  static final String FULL_OBJECT = "FULL_OBJECT";
  static final String COMPOSITE = "COMPOSITE";

  static StoredChecksum full(ChecksumAlgorithm algorithm, String value) {
    return new StoredChecksum(algorithm.name(), value, FULL_OBJECT);
  }

  ChecksumAlgorithm kind() {
    return ChecksumAlgorithm.valueOf(algorithm);
  }
}
