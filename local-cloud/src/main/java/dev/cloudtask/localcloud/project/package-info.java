/**
 * A project folder in the cloud: its template deployed, its website uploaded, its stack kept
 * running.
 *
 * <p>A project is a folder with {@code template.yaml} and {@code website/}. {@link
 * dev.cloudtask.localcloud.project.ProjectMain} keeps one in the foreground; tests and the lab
 * goals use the same classes.
 */
@NullMarked
package dev.cloudtask.localcloud.project;

import org.jspecify.annotations.NullMarked;
