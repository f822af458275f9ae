/** Owns the commands: their options, what they print and how they say that they were misused. Refuses to know how anything is done. */
@NullMarked
package fr.vigie.batch.cli;

import org.jspecify.annotations.NullMarked;
