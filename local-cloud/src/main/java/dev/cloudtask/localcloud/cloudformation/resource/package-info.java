/**
 * The port between the CloudFormation engine and the services that own resource types.
 *
 * <p>The engine knows no service: a service hands in a {@link ResourceProvider} for each of its
 * types.
 */
@NullMarked
package dev.cloudtask.localcloud.cloudformation.resource;

import org.jspecify.annotations.NullMarked;
