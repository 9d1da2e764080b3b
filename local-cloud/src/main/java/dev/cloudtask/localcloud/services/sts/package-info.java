/**
 * STS: who am I, and temporary credentials.
 *
 * <p>{@link Sts} speaks the Query protocol; what it hands out comes through {@link
 * dev.cloudtask.localcloud.ports.TemporaryCredentials}. Federation and the decoding of messages are
 * refused by name.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/welcome.html">STS API
 *     reference</a>
 */
@NullMarked
package dev.cloudtask.localcloud.services.sts;

import org.jspecify.annotations.NullMarked;
