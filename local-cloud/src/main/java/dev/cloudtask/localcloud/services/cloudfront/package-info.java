/**
 * Amazon CloudFront: distributions, their policies and invalidations, and the edge that serves
 * them.
 *
 * <p>{@link CloudFront} is the door. The control plane is {@code CloudFrontEndpoint} (REST-XML,
 * version 2020-05-31) over {@code DistributionStore} and {@code Policies}; a distribution is kept
 * as the XML document CloudFront shows and read through {@code DistributionConfig}. The data plane
 * is {@code EdgeSite}: it picks the behavior, looks into {@code EdgeCache}, and asks {@code
 * OriginFetch}, which reaches origins by {@link dev.cloudtask.localcloud.ports.HttpOrigins}, never
 * by a socket. Content is compressed with gzip; Brotli is not emulated. Functions, real-time logs,
 * WAF and the rest are refused by name.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Introduction.html">Amazon
 *     CloudFront Developer Guide</a>
 */
@NullMarked
package dev.cloudtask.localcloud.services.cloudfront;

import org.jspecify.annotations.NullMarked;
