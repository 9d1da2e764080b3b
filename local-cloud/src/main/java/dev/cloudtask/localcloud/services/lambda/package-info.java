/**
 * AWS Lambda: functions, versions, aliases, permissions, and the invocations of them.
 *
 * <p>{@link Lambda} is the door. {@link LambdaEndpoint} finds the operation; {@link
 * FunctionOperations}, {@link VersionOperations}, {@link PolicyOperations}, {@link
 * SettingsOperations} and {@link InvokeOperation} answer it; {@link FunctionStore} keeps what is
 * known, {@link CodeStore} the packages. Code runs in the room {@code execution}, one child JVM for
 * each concurrent invocation; nothing of a function ever runs in this process.
 *
 * <p>Java only: functions in other languages, container images, layers, event source mappings,
 * function URLs and SnapStart are refused by name.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/welcome.html">Lambda API
 *     reference</a>
 */
@NullMarked
package dev.cloudtask.localcloud.services.lambda;

import org.jspecify.annotations.NullMarked;
