/**
 * Owns definitions that nobody wrote: drawn in the closed grammar, every kind with every option, right ones and broken ones. Refuses to know what
 * they give.
 */
@NullMarked
package fr.vigie.verification.definitions;

import org.jspecify.annotations.NullMarked;
