/**
 * API Gateway's CloudFormation types: each turns properties into inputs of the control plane, and
 * fails with the control plane's own texts.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/AWS_ApiGateway.html">Amazon
 *     API Gateway resource type reference</a>
 */
@NullMarked
package dev.cloudtask.localcloud.services.apigateway.resource;

import org.jspecify.annotations.NullMarked;
