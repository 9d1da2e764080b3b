package dev.cloudtask.localcloud.gateway;

import dev.cloudtask.localcloud.http.HttpRequest;

/** Whom a request is for. */
sealed interface Destination {
  /**
   * Tells whether the client used a local name, so that AWS names in the answer are translated
   * back.
   */
  boolean local();

  /** A data plane on an AWS host name of its own; the request's target is as that host sees it. */
  record ToSite(Site site, String awsHost, HttpRequest request, boolean local)
      implements Destination {}

  /** A service's API. */
  record ToService(ServiceEndpoint service, String awsHost, HttpRequest request, boolean local)
      implements Destination {}

  /** A page of local-cloud's own. */
  record ToPage(LocalPage page, HttpRequest request) implements Destination {
    @Override
    public boolean local() {
      return false;
    }
  }

  /** Nobody: the host name is a stranger's. */
  record Refused(String host) implements Destination {
    @Override
    public boolean local() {
      return false;
    }
  }

  /** Nobody: an AWS name that this cloud does not have. */
  record Unknown(String what) implements Destination {
    @Override
    public boolean local() {
      return false;
    }
  }
}
