/**
 * Owns when things run: the {@code vigie} command, its exit codes and sentences. Refuses to compute a number: that is the worker's.
 */
@NullMarked
package fr.vigie.batch;

import org.jspecify.annotations.NullMarked;
