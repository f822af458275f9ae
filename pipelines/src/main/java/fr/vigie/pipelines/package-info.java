/**
 * Owns how data flow: the Spark application that takes staged files through bronze, silver, gold and cells to staged values. Refuses to know
 * the database, the command line and the key of pseudonyms; what numbers mean is read from {@code indicators}.
 */
@NullMarked
package fr.vigie.pipelines;

import org.jspecify.annotations.NullMarked;
