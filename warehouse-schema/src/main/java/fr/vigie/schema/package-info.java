/**
 * Owns what exists: the exchange contracts of the feeds, the tables of every layer, and the records that the two processes exchange.
 * Refuses to say what a number means or how data flows: that is for {@code indicators} and {@code pipelines}.
 */
@NullMarked
package fr.vigie.schema;

import org.jspecify.annotations.NullMarked;
