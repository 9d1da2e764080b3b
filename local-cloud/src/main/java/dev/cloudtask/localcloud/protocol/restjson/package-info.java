/**
 * The REST-JSON protocol of Lambda and API Gateway: operations are told by method and path, input
 * comes in path labels, query, headers and a JSON body, failures have their code in {@code
 * x-amzn-ErrorType}.
 *
 * <p>{@link RouteTable} finds the operation, {@link JsonBody} reads a body strictly, {@link
 * RestJson} writes answers and failures. Knows no service.
 *
 * @see <a href="https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html">AWS restJson1
 *     protocol</a>
 */
@NullMarked
package dev.cloudtask.localcloud.protocol.restjson;

import org.jspecify.annotations.NullMarked;
