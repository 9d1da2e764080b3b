/**
 * The small ports through which services meet; no service knows another one.
 *
 * <p>A port is named for what its user needs, not for who provides it.
 */
@NullMarked
package dev.cloudtask.localcloud.ports;

import org.jspecify.annotations.NullMarked;
