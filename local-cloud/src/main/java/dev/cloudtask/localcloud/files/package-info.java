/**
 * Files and folders of this user alone: made closed to others, written whole or not at all, deleted
 * with all that is in them. A leaf: knows no other room.
 */
@NullMarked
package dev.cloudtask.localcloud.files;

import org.jspecify.annotations.NullMarked;
