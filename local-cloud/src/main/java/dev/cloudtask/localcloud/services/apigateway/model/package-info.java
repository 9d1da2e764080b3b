/**
 * What a REST API is made of, as its own wire format names it, and where it is kept.
 *
 * <p>{@link dev.cloudtask.localcloud.services.apigateway.model.Api} is a whole API in one immutable
 * value: a deployment is nothing but a copy of it. {@link
 * dev.cloudtask.localcloud.services.apigateway.model.ApiStore} keeps APIs, deployments and stages;
 * {@link dev.cloudtask.localcloud.services.apigateway.model.Wire} turns them into JSON and back.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/api/API_Operations.html">Amazon API
 *     Gateway REST API reference</a>
 */
@NullMarked
package dev.cloudtask.localcloud.services.apigateway.model;

import org.jspecify.annotations.NullMarked;
