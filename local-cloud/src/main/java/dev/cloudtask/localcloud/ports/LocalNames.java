package dev.cloudtask.localcloud.ports;

import java.net.URI;
import java.util.Optional;

/**
 * The two-way table of AWS host names and the local origins that stand for them.
 *
 * <p>What a template and a function see is the AWS name; what is printed for people is the local
 * one. The table is kept with the state, so that a site has the same port after a restart.
 */
public interface LocalNames {
  /** What a name stands for. */
  enum Kind {
    /** An S3 website endpoint: its own port. */
    WEBSITE,
    /**
     * A CloudFront distribution: a port that counts as https, one that counts as http, and in a
     * cloud that was asked for TLS one that speaks it.
     */
    DISTRIBUTION
  }

  /**
   * Gives a name a port of its own and starts listening there; again for the same name changes
   * nothing.
   */
  URI publish(String awsHost, Kind kind);

  /** Closes the port of a name and forgets it. */
  void withdraw(String awsHost);

  /** Returns the local origin of an AWS host name of this cloud, published or reached by path. */
  Optional<URI> localOrigin(String awsHost);

  /**
   * Returns the origin at which a distribution speaks real TLS; empty for other names, and in a
   * cloud that was not asked for TLS.
   */
  Optional<URI> tlsOrigin(String awsHost);

  /**
   * Rewrites a URL whose host is an AWS name of this cloud to the local one; others are left alone.
   */
  String toLocal(String url);

  /**
   * Rewrites a URL (or origin) whose host and port are ours to the AWS name; others are left alone.
   */
  String toAws(String url);
}
