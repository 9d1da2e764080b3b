/**
 * The REST-XML protocol of S3 and CloudFront: bodies and errors are XML, everything else stands in
 * the request line and in headers.
 *
 * <p>{@link XmlDocument} reads (no DTDs, no external entities), {@link XmlWriter} writes, and
 * {@link RestXmlFailure} puts an {@link dev.cloudtask.localcloud.protocol.AwsException} on the wire
 * in either of the protocol's two forms: S3's bare {@code <Error>} and CloudFront's {@code
 * <ErrorResponse>}.
 *
 * @see <a href="https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html">AWS restXml
 *     protocol</a>
 */
@NullMarked
package dev.cloudtask.localcloud.protocol.restxml;

import org.jspecify.annotations.NullMarked;
