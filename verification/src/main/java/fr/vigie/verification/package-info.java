/**
 * Owns the reasons to believe the numbers: second readings of the law, drawn worlds, and the tests that run control and worker together.
 * Refuses to be shipped: nothing that runs for a user depends on it.
 */
@NullMarked
package fr.vigie.verification;

import org.jspecify.annotations.NullMarked;
