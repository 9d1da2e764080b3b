/**
 * The front desk: the one door for every request, and the journey it makes from here.
 *
 * <p>{@link FrontDesk} is that journey as a readable list.
 */
@NullMarked
package dev.cloudtask.localcloud.gateway;

import org.jspecify.annotations.NullMarked;
