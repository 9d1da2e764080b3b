/**
 * AWS JSON 1.0 and 1.1: one POST to {@code /}, the operation in {@code X-Amz-Target}, JSON both
 * ways.
 *
 * <p>{@link AwsJson} is a service's table of operations and its way onto the wire; {@link
 * JsonInput} reads members strictly, wrong types being AWS's SerializationException. Knows no
 * service.
 *
 * @see <a href="https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html">AWS JSON 1.0</a>
 */
@NullMarked
package dev.cloudtask.localcloud.protocol.awsjson;

import org.jspecify.annotations.NullMarked;
