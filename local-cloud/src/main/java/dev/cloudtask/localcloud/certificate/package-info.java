/**
 * The certificate of this machine's own cloud, for those who want real TLS on loopback. Knows only
 * where private files live.
 */
@NullMarked
package dev.cloudtask.localcloud.certificate;

import org.jspecify.annotations.NullMarked;
