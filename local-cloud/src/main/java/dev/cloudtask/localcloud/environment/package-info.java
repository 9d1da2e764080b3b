/** What every room is handed when it is built: account, region, time, chance, state, traces. */
@NullMarked
package dev.cloudtask.localcloud.environment;

import org.jspecify.annotations.NullMarked;
