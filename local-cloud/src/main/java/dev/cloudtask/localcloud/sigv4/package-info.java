/**
 * Signature Version 4: reads the signature of a request, from its header or its query, and checks
 * it.
 *
 * <p>Pure: knows neither keys nor services. What a failed check is called on the wire differs from
 * service to service, so a failure here is a {@link
 * dev.cloudtask.localcloud.sigv4.SignatureFailure}, and the front desk words it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">
 *     Create a signed AWS API request</a>
 */
@NullMarked
package dev.cloudtask.localcloud.sigv4;

import org.jspecify.annotations.NullMarked;
