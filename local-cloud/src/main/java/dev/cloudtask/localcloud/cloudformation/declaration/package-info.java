/**
 * What a template declares: parameters, mappings, conditions, resources, outputs.
 *
 * <p>{@link TemplateReader} turns nodes into a {@link Template} and refuses what CloudFormation
 * refuses when it is called; {@link References} checks that every name leads somewhere; {@link
 * ParameterValues} checks what is passed in. Nothing here knows a service.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html">
 *     Template sections</a>
 */
@NullMarked
package dev.cloudtask.localcloud.cloudformation.declaration;

import org.jspecify.annotations.NullMarked;
