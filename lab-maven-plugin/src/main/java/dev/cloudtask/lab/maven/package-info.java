/** The goals of {@code mvn lab:…}: thin adapters over plain classes that know no Maven. */
@NullMarked
package dev.cloudtask.lab.maven;

import org.jspecify.annotations.NullMarked;
