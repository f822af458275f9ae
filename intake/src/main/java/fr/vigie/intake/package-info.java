/**
 * Owns the door: finds the files, names their feed, checks every line against the feed's contract, replaces the identifiers of persons and
 * stages what is kept as canonical text. Refuses Spring, JDBC and Spark, and every rule that needs a second line: those are the worker's.
 */
@NullMarked
package fr.vigie.intake;

import org.jspecify.annotations.NullMarked;
