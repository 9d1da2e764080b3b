/**
 * DynamoDB: tables, items, queries, transactions, on an engine of our own.
 *
 * <p>{@link DynamoDb} plugs it in; the operations stand in classes by family ({@link
 * ItemOperations}, {@link QueryOperations}, {@link BatchOperations}, {@link TransactionOperations},
 * {@link TableOperations}, {@link TableSettings}). {@link TableStore} keeps tables, items and index
 * entries in the cloud's store; every operation that writes is one change of it, so it happens
 * whole or not at all. Values and keys live in {@code item}, expressions in {@code expression}.
 * Expired items are not deleted (AWS promises no moment), streams have no readers, PartiQL,
 * backups, exports and global tables are refused by name.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/Welcome.html">Amazon
 *     DynamoDB API Reference</a>
 */
@NullMarked
package dev.cloudtask.localcloud.services.dynamodb;

import org.jspecify.annotations.NullMarked;
