package dev.cloudtask.localcloud.services.cloudfront;

import dev.cloudtask.localcloud.protocol.restxml.XmlElement;
import dev.cloudtask.localcloud.protocol.restxml.XmlWriter;

/** CloudFront's XML. */
final class Xml {
  /** CloudFront's XML namespace, which has its API version in it. */
  static final String NAMESPACE = "http://cloudfront.amazonaws.com/doc/2020-05-31/";

  private Xml() {}

  static XmlWriter document(String root) {
    return XmlWriter.document(root, NAMESPACE);
  }

  /** Returns an element's children as a document of their own. */
  static String copy(String root, XmlElement element) {
    XmlWriter xml = document(root);
    element.children().forEach(xml::copy);
    return xml.toString();
  }

  /** Writes an element again inside another document. */
  static XmlWriter embed(XmlWriter xml, String name, XmlElement element) {
    xml.open(name);
    element.children().forEach(xml::copy);
    return xml.close();
  }
}
