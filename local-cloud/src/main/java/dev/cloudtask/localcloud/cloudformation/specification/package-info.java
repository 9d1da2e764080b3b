/**
 * AWS's own data on resource types: which properties there are, of what type, which are required,
 * what may be asked of a resource and which changes replace it.
 *
 * <p>{@link ResourceTypes} finds a {@link TypeSpecification}; {@link PropertyCheck} holds a
 * resource's properties against it and converts scalars as CloudFormation does. The data is
 * extracted by a tool (local-cloud/src/spec) and committed.
 */
@NullMarked
package dev.cloudtask.localcloud.cloudformation.specification;

import org.jspecify.annotations.NullMarked;
