/**
 * The AWS services, one room each, all of the same inner shape: operations, CloudFormation
 * resources, errors, store and data plane apart. Learn one room and you know them all. No service
 * knows another one; they meet through {@link dev.cloudtask.localcloud.ports}.
 */
@NullMarked
package dev.cloudtask.localcloud.services;

import org.jspecify.annotations.NullMarked;
