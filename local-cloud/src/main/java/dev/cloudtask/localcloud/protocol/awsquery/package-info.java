/**
 * The AWS Query protocol: a form of flat parameters in, XML out. IAM, STS and CloudFormation speak
 * it.
 *
 * <p>{@link QueryProtocol} is a service's table of operations: it finds the operation, refuses
 * parameters and operations that are not emulated by name, and writes the answer or the failure.
 * {@link QueryInput} reads the flat parameters ({@code Tags.member.1.Key}) as the tree they mean;
 * {@link QueryResult} writes the XML.
 *
 * @see <a href="https://smithy.io/2.0/aws/protocols/aws-query-protocol.html">AWS query protocol</a>
 */
@NullMarked
package dev.cloudtask.localcloud.protocol.awsquery;

import org.jspecify.annotations.NullMarked;
