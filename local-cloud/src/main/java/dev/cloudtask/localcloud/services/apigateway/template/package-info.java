/**
 * Mapping templates: the part of Apache Velocity's language that answers of MOCK integrations need.
 *
 * <p>There are references ({@code $input}, {@code $context}, {@code $stageVariables}, {@code $util}
 * and own variables), {@code #set}, {@code #if}, {@code #elseif}, {@code #else}, comments,
 * comparisons and logic. Everything else, {@code #foreach} and {@code #macro} among it, is refused
 * by name when the template is set, not when it is used.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html">API
 *     Gateway mapping template reference</a>
 */
@NullMarked
package dev.cloudtask.localcloud.services.apigateway.template;

import org.jspecify.annotations.NullMarked;
