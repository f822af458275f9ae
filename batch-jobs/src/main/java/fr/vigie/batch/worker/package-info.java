/** Owns the launching of the Spark application as a process of its own. Refuses to have Spark on its class path. */
@NullMarked
package fr.vigie.batch.worker;

import org.jspecify.annotations.NullMarked;
