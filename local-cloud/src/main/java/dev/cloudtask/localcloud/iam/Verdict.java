package dev.cloudtask.localcloud.iam;

/**
 * The evaluator's answer.
 *
 * @param allowed yes or no
 * @param reason for people: which statement of which policy decided, or that none did
 * @param message for the wire: AWS's full text of the refusal (principal, action, resource and
 *     why), empty if allowed. S3 puts the resource in double quotes, other services do not:
 *     services that quote ask {@link #messageQuoted()}
 * @param messageQuoted the same with the resource in double quotes
 */
public record Verdict(boolean allowed, String reason, String message, String messageQuoted) {}
