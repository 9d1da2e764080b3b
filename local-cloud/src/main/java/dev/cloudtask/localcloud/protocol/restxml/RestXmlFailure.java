package dev.cloudtask.localcloud.protocol.restxml;

import dev.cloudtask.localcloud.http.HttpResponse;
import dev.cloudtask.localcloud.protocol.AwsException;
import java.util.Map;

/** Puts a failure on the wire: the one place of this protocol that does. */
public final class RestXmlFailure {
  private static final String XML = "application/xml";

  private RestXmlFailure() {}

  /**
   * S3's form: a bare {@code <Error>} with the failure's details as elements beside Code and
   * Message.
   *
   * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">Error
   *     responses</a>
   */
  public static HttpResponse bare(AwsException failure, String requestId, String hostId) {
    XmlWriter xml = XmlWriter.document("Error", "");
    xml.element("Code", failure.code()).element("Message", failure.message());
    failure.details().forEach(xml::element);
    xml.element("RequestId", requestId).element("HostId", hostId);
    return HttpResponse.of(failure.status(), XML, xml.toBytes());
  }

  /**
   * CloudFront's form: {@code <ErrorResponse>} around {@code <Error>} with Type, Code and Message.
   *
   * @param namespace the service's XML namespace
   */
  public static HttpResponse wrapped(AwsException failure, String requestId, String namespace) {
    XmlWriter xml = XmlWriter.document("ErrorResponse", namespace);
    xml.open("Error")
        .element("Type", failure.status() < 500 ? "Sender" : "Receiver")
        .element("Code", failure.code())
        .element("Message", failure.message());
    for (Map.Entry<String, String> detail : failure.details().entrySet()) {
      xml.element(detail.getKey(), detail.getValue());
    }
    xml.close().element("RequestId", requestId);
    return HttpResponse.of(failure.status(), "text/xml", xml.toBytes())
        .with("x-amzn-RequestId", requestId);
  }
}
