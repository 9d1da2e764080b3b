/**
 * What runs inside a function's own JVM: a client of the Lambda Runtime API in plain Java.
 *
 * <p>{@link FunctionMain} boots, waits on standard input for the function it is to be ({@link
 * Assignment}), loads the handler as AWS's managed Java runtime does ({@link HandlerLoader}) and
 * then takes one invocation after the other. It ends when its standard input ends, so it never
 * outlives the process that started it.
 *
 * <p>This room is packed into a jar of its own and put on the function's class path beside Amazon's
 * {@code aws-lambda-java-core} and {@code aws-lambda-java-serialization}. It knows nothing else: no
 * other room, no library. Texts of failures are those of Amazon's runtime interface client.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Using the Lambda
 *     runtime API</a>
 */
@NullMarked
package dev.cloudtask.lambdaruntime;

import org.jspecify.annotations.NullMarked;
