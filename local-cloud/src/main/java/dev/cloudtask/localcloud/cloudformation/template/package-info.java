/**
 * The text of a template as immutable nodes that know their line: YAML 1.1 and JSON, short forms
 * turned into long ones.
 *
 * <p>{@link TemplateParser} reads, {@link TemplateNode} is what was read, {@link TemplateException}
 * says what is wrong in CloudFormation's words and where. {@link Packager} does what {@code aws
 * cloudformation package} does. What the nodes mean is known elsewhere ({@code declaration}).
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html">
 *     CloudFormation template format</a>
 */
@NullMarked
package dev.cloudtask.localcloud.cloudformation.template;

import org.jspecify.annotations.NullMarked;
