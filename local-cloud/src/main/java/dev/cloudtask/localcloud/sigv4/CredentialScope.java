package dev.cloudtask.localcloud.sigv4;

/**
 * What a signature is good for.
 *
 * @param date the day as {@code yyyyMMdd}
 * @param region for instance {@code us-east-1}
 * @param service for instance {@code s3}
 */
public record CredentialScope(String date, String region, String service) {
  @Override
  public String toString() {
    return date + "/" + region + "/" + service + "/aws4_request";
  }
}
