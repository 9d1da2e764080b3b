/** Maven's rules, without Maven. */
@NullMarked
package dev.cloudtask.lab.code;

import org.jspecify.annotations.NullMarked;
