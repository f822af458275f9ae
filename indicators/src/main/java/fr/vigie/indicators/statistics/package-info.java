/**
 * Owns how integers become what is published: shares, intervals, medians. Refuses rounded or floating input: every count comes in whole and is
 * rounded once, last (domaine 0.4).
 */
@NullMarked
package fr.vigie.indicators.statistics;

import org.jspecify.annotations.NullMarked;
