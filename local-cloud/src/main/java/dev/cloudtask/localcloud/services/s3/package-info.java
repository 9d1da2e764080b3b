/**
 * Amazon S3: buckets and objects over the REST API, and bucket websites.
 *
 * <p>{@link S3} is the door. A request comes in at {@code S3Endpoint}, which finds bucket and key
 * ({@code S3Request}) and the operation ({@code S3Operations}, the one table of what is emulated
 * and what is refused by name). Families of operations are one class each; every one asks {@code
 * Access} first. State: {@code BucketStore} (buckets and their settings, kept as the documents S3
 * shows) and {@code ObjectStore} over {@code ContentStore} (metadata and content apart, content in
 * pieces). The website endpoint ({@code S3Website}) is another server on other host names, as on
 * AWS. Texts are in {@code S3Errors}.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/Welcome.html">Amazon S3 API
 *     Reference</a>
 */
@NullMarked
package dev.cloudtask.localcloud.services.s3;

import org.jspecify.annotations.NullMarked;
