package dev.cloudtask.localcloud.gateway;

import java.util.Optional;

/**
 * What host names mean: loopback, an AWS name, or a {@code *.localhost} name that stands for one.
 *
 * <p>Pure text; nothing is ever looked up.
 */
final class AwsNames {
  private final String region;

  AwsNames(String region) {
    this.region = region;
  }

  /**
   * Tells whether a host (no port, lower case) is this machine by a name that nobody else can own.
   */
  static boolean isLoopback(String host) {
    return host.equals("127.0.0.1") || host.equals("localhost") || host.equals("[::1]");
  }

  /** Tells whether a host is in a domain that belongs to AWS alone. */
  static boolean isAws(String host) {
    return host.endsWith(".amazonaws.com") || host.endsWith(".cloudfront.net");
  }

  /**
   * Returns the AWS name that a host stands for: itself, or what a {@code *.localhost} name
   * abbreviates. Empty for loopback and for every foreign name.
   */
  Optional<String> awsName(String host) {
    if (isAws(host)) {
      return Optional.of(host);
    }
    String abbreviated;
    if (host.endsWith(".localhost.localstack.cloud")) {
      abbreviated = host.substring(0, host.length() - ".localhost.localstack.cloud".length());
    } else if (host.endsWith(".localhost")) {
      abbreviated = host.substring(0, host.length() - ".localhost".length());
    } else {
      return Optional.empty();
    }
    return Optional.of(expand(abbreviated));
  }

  private String expand(String name) {
    int dot = name.lastIndexOf('.');
    String last = dot < 0 ? name : name.substring(dot + 1);
    String first = dot < 0 ? "" : name.substring(0, dot);
    return switch (last) {
      case "cloudfront" -> first + ".cloudfront.net";
      case "s3-website" -> first + ".s3-website-" + region + ".amazonaws.com";
      case "execute-api" -> first + ".execute-api." + region + ".amazonaws.com";
      case "s3" -> (first.isEmpty() ? "s3." : first + ".s3.") + region + ".amazonaws.com";
      default ->
          last.equals(region)
              ? name + ".amazonaws.com"
              // SDKs that use virtual-host style put the bucket before whatever host they were
              // given.
              : name + ".s3." + region + ".amazonaws.com";
    };
  }
}
