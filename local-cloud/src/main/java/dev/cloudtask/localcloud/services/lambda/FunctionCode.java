package dev.cloudtask.localcloud.services.lambda;

/**
 * A code package in the store.
 *
 * @param key the hexadecimal SHA-256 of the zip, by which {@link CodeStore} finds it
 * @param sha256 the same in Base64, as AWS shows it
 * @param size bytes of the zip
 */
record FunctionCode(String key, String sha256, long size) {}
