/** Owns the order of a run: intake, worker, ledger, publication, as restartable Spring Batch jobs. Refuses to say what a step means. */
@NullMarked
package fr.vigie.batch.jobs;

import org.jspecify.annotations.NullMarked;
