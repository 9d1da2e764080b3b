/**
 * The control plane: makes, shows, changes and removes APIs and what belongs to them.
 *
 * <p>{@link dev.cloudtask.localcloud.services.apigateway.control.ControlPlane} has the table of
 * operations; each kind of thing has one class with its operations, which the CloudFormation types
 * use as well. Inputs are read by {@link
 * dev.cloudtask.localcloud.services.apigateway.control.Shape}, PATCH operations by {@link
 * dev.cloudtask.localcloud.services.apigateway.control.PatchRules}; every text of a failure stands
 * in {@link dev.cloudtask.localcloud.services.apigateway.control.ApiGatewayErrors}.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/api/API_Operations.html">Amazon API
 *     Gateway REST API reference</a>
 */
@NullMarked
package dev.cloudtask.localcloud.services.apigateway.control;

import org.jspecify.annotations.NullMarked;
