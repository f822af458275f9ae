/**
 * Owns what the numbers mean: definitions, their grammar and catalogue, periods, statistics. Refuses to know where data come from or go: no
 * Spark, no Spring, no JDBC.
 */
@NullMarked
package fr.vigie.indicators;

import org.jspecify.annotations.NullMarked;
