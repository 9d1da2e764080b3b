/**
 * Items and what they are made of: attribute values, their sizes, their order, their JSON.
 *
 * <p>{@link AttributeValue} is the closed family of ten types; {@link ItemReader} takes them from a
 * request and checks them with DynamoDB's own words, {@link ItemWriter} puts them into an answer.
 * {@link Numbers} holds DynamoDB's 38-digit decimals, {@link KeyBytes} turns keys into bytes whose
 * unsigned order is the order of the keys, {@link ItemSize} counts bytes as DynamoDB bills them.
 * Pure: no state, no tables.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html">
 *     Supported data types and naming rules</a>
 */
@NullMarked
package dev.cloudtask.localcloud.services.dynamodb.item;

import org.jspecify.annotations.NullMarked;
