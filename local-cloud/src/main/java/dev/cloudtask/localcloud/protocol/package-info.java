/**
 * How AWS services speak: one room per protocol, named as AWS names them.
 *
 * <p>{@link AwsException} is the only exception that goes to the wire, and each protocol has the
 * one place that puts it there. Knows no service.
 */
@NullMarked
package dev.cloudtask.localcloud.protocol;

import org.jspecify.annotations.NullMarked;
