/** Proves the oracle against the exact cases of domaine 7. Refuses expected values that the code under test computed. */
@NullMarked
package fr.vigie.verification.oracle;

import org.jspecify.annotations.NullMarked;
