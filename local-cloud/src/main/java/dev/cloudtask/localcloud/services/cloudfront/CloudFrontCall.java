package dev.cloudtask.localcloud.services.cloudfront;

import dev.cloudtask.localcloud.gateway.ServiceCall;
import dev.cloudtask.localcloud.iam.AccessRequest;
import dev.cloudtask.localcloud.iam.Verdict;
import dev.cloudtask.localcloud.ports.Authorizer;
import dev.cloudtask.localcloud.protocol.restxml.XmlDocument;
import dev.cloudtask.localcloud.protocol.restxml.XmlDocument.MalformedXmlException;
import dev.cloudtask.localcloud.protocol.restxml.XmlElement;
import dev.cloudtask.localcloud.trace.Span;
import java.util.Map;
import java.util.Optional;

/**
 * A call of CloudFront's API, its operation found.
 *
 * @param labels the labels of its path
 */
record CloudFrontCall(
    ServiceCall service, Map<String, String> labels, Authorizer authorizer, Span span) {
  /** Returns the label {@code Id}, of what the call is about. */
  String id() {
    return labels.getOrDefault("Id", "");
  }

  Optional<String> query(String name) {
    return service.http().query().first(name).filter(value -> !value.isEmpty());
  }

  /**
   * Refuses a caller that may not.
   *
   * @param action without {@code cloudfront:}
   */
  void allow(String action, String arn) {
    Verdict verdict =
        authorizer.decide(AccessRequest.of(service.caller(), "cloudfront:" + action, arn), span);
    if (!verdict.allowed()) {
      throw CloudFrontErrors.accessDenied(verdict.message());
    }
  }

  /** Returns the request's document, whose root has this name. */
  XmlElement body(String root) {
    try {
      XmlElement document = XmlDocument.parse(service.http().body().bytes());
      if (document.name().equals(root)) {
        checkQuantities(document);
        return document;
      }
    } catch (MalformedXmlException e) {
      throw CloudFrontErrors.malformedInput();
    }
    throw CloudFrontErrors.missingBody(root);
  }

  private static void checkQuantities(XmlElement element) {
    Optional<String> quantity = element.childText("Quantity");
    int items = element.child("Items").map(list -> list.children().size()).orElse(0);
    if (quantity.isPresent() && !quantity.get().strip().equals(Integer.toString(items))) {
      throw CloudFrontErrors.inconsistentQuantities();
    }
    element.children().forEach(CloudFrontCall::checkQuantities);
  }

  /** Refuses a change of what is no longer as the caller saw it. */
  void checkMatch(String etag) {
    Optional<String> match = service.http().header("If-Match");
    if (match.isEmpty()) {
      throw CloudFrontErrors.invalidIfMatch();
    }
    if (!match.get().equals(etag)) {
      throw CloudFrontErrors.preconditionFailed();
    }
  }
}
