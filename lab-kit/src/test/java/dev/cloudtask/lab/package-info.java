/** What students read, word for word. */
@NullMarked
package dev.cloudtask.lab;

import org.jspecify.annotations.NullMarked;
