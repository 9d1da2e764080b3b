/** Hashes by which contents are named, told apart and signed. A leaf: knows no other room. */
@NullMarked
package dev.cloudtask.localcloud.digest;

import org.jspecify.annotations.NullMarked;
