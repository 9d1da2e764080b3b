/**
 * The inbox: where all mail of the cloud ends up. Nothing is ever sent.
 *
 * <p>Programs read it as JSON at {@code /_aws/ses}, where LocalStack has it too; a browser gets a
 * page.
 */
@NullMarked
package dev.cloudtask.localcloud.inbox;

import org.jspecify.annotations.NullMarked;
