/**
 * The whole app, deployed from its template into local-cloud and used as people use it: over HTTP
 * with real tokens, and in a real browser.
 */
@NullMarked
package cloudtask.app;

import org.jspecify.annotations.NullMarked;
