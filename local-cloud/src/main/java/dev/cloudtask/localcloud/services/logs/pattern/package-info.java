/**
 * Filter patterns: which log events a search wants.
 *
 * <p>{@link FilterPattern#parse} reads the three kinds: terms ({@code ERROR -debug ?a ?b "a phrase"
 * %regex%}), JSON ({@code { $.level = "error" && $.ms > 100 }}) and space-delimited fields ({@code
 * [ip, status=4*, ...]}).
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html">Filter
 *     pattern syntax</a>
 */
@NullMarked
package dev.cloudtask.localcloud.services.logs.pattern;

import org.jspecify.annotations.NullMarked;
