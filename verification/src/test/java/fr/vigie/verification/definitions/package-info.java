/** Proves that what is drawn is what the grammar allows, and that what it does not allow is told. Refuses to count anything. */
@NullMarked
package fr.vigie.verification.definitions;

import org.jspecify.annotations.NullMarked;
