/**
 * Amazon API Gateway's REST APIs.
 *
 * <p>{@link dev.cloudtask.localcloud.services.apigateway.ApiGateway} is the one class for outside.
 * Inside: {@code model} (what an API is, and where it is kept), {@code control} (the operations),
 * {@code execute} (the data plane), {@code template} (mapping templates), {@code resource} (the
 * CloudFormation types). Emulated integrations are Lambda proxy and MOCK; HTTP, AWS, API keys and
 * usage plans, custom domain names, caches and canaries are refused by name.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-rest-api.html">
 *     Amazon API Gateway REST APIs</a>
 */
@NullMarked
package dev.cloudtask.localcloud.services.apigateway;

import org.jspecify.annotations.NullMarked;
