/**
 * The data plane: what answers at {@code API-ID.execute-api.REGION.amazonaws.com/STAGE/...}.
 *
 * <p>{@link dev.cloudtask.localcloud.services.apigateway.execute.ExecuteApi} is a request's
 * journey: stage, route, authorizer, validator, integration, answer. It serves deployments, never
 * the API as it stands: a change shows after the next deployment only. Whatever goes wrong is a
 * {@link dev.cloudtask.localcloud.services.apigateway.execute.GatewayFault}, and {@link
 * dev.cloudtask.localcloud.services.apigateway.execute.FaultAnswers} makes an answer of it in view
 * of the API's gateway responses.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-basic-concept.html">API
 *     Gateway concepts</a>
 */
@NullMarked
package dev.cloudtask.localcloud.services.apigateway.execute;

import org.jspecify.annotations.NullMarked;
