/**
 * Speaks to a Chromium by its DevTools protocol: a process, a web socket, calls and events.
 *
 * @see <a href="https://chromedevtools.github.io/devtools-protocol/">Chrome DevTools Protocol</a>
 */
@NullMarked
package dev.cloudtask.lab.devtools;

import org.jspecify.annotations.NullMarked;
