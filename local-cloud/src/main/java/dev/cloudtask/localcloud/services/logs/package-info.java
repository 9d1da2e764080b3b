/**
 * CloudWatch Logs: log groups, streams, events, filter patterns, retention.
 *
 * <p>{@link Logs} is the service and the {@link dev.cloudtask.localcloud.ports.LogSink} that Lambda
 * and API Gateway write to, with the rights of their roles. The filter patterns are in {@code
 * pattern}.
 *
 * <p>Bounded: events older than a group's retention are gone, and of each group only the newest
 * {@value dev.cloudtask.localcloud.services.logs.Events#MOST_EVENTS} events or {@value
 * dev.cloudtask.localcloud.services.logs.Events#MOST_BYTES} bytes are kept, the oldest tenth going
 * when that is reached; AWS has no such bound. Insights, metric filters, subscriptions, exports and
 * live tail are refused by name.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/Welcome.html">CloudWatch
 *     Logs API reference</a>
 */
@NullMarked
package dev.cloudtask.localcloud.services.logs;

import org.jspecify.annotations.NullMarked;
