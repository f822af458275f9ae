/** Owns the ledger: which files were received, what was rejected, what counts. Refuses to read a file or compute a number. */
@NullMarked
package fr.vigie.batch.registre;

import org.jspecify.annotations.NullMarked;
