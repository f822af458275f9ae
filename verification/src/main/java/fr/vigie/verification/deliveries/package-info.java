/**
 * Owns worlds split into many deliveries, and a plain model of what an instance makes of them, read from contrat.md 2 by loops over lists. Refuses
 * to look at how the engine does it.
 */
@NullMarked
package fr.vigie.verification.deliveries;

import org.jspecify.annotations.NullMarked;
