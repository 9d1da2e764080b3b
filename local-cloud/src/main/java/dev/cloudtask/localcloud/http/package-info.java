/**
 * HTTP messages as they were sent, and the server that hands them on.
 *
 * <p>Header names keep the client's case and duplicates stay apart, the request target is the raw
 * text of the request line ({@code |}, {@code {}}, {@code %zz}, {@code //}, {@code %2F} and {@code
 * ..} included): AWS shows functions and logs exactly that, so nothing here may tidy it up. This
 * room knows no AWS service; it is a leaf that every other room may use.
 */
@NullMarked
package dev.cloudtask.localcloud.http;

import org.jspecify.annotations.NullMarked;
