/** Owns the published values: loading a new publication beside the current one, checking and flipping it, and reading any of them. */
@NullMarked
package fr.vigie.batch.publication;

import org.jspecify.annotations.NullMarked;
