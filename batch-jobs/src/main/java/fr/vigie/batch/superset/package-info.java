/** Owns the external Superset of an instance: its installation, its processes and what is imported into it. It computes no figure. */
@NullMarked
package fr.vigie.batch.superset;

import org.jspecify.annotations.NullMarked;
