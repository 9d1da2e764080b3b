/**
 * DynamoDB's expression language: lexer, parser, small trees, evaluators.
 *
 * <p>{@link ConditionParser} reads condition, filter and key-condition expressions, {@link
 * UpdateParser} update expressions, {@link ProjectionParser} projections. Like DynamoDB they find a
 * syntax error first and everything else afterwards, in a fixed order that {@link Findings} keeps.
 * {@link Placeholders} resolves {@code #names} and {@code :values} and knows which were used.
 * {@link ConditionEvaluator} and {@link UpdateEvaluator} apply a tree to an item; {@link
 * KeyCondition} is what a key condition means for a key schema. Pure: no state, no tables.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.html">Using
 *     expressions in DynamoDB</a>
 */
@NullMarked
package dev.cloudtask.localcloud.services.dynamodb.expression;

import org.jspecify.annotations.NullMarked;
