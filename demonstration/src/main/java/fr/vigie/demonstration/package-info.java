/**
 * Owns the invented people of the demonstration: it writes, for a seed, the exchange files of a whole region, one patient after another.
 * Refuses to compute anything from them, and to pass for real: no line comes from a real person, and the compositions of territoires are illustrative.
 */
@NullMarked
package fr.vigie.demonstration;

import org.jspecify.annotations.NullMarked;
