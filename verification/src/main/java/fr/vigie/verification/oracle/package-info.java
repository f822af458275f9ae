/**
 * Owns a second, plain reading of docs/domaine: indicators computed from silver rows by loops over persons, slow and easy to check by eye. Refuses
 * to share anything with the engine that it checks but the definitions and the names of the gold columns.
 */
@NullMarked
package fr.vigie.verification.oracle;

import org.jspecify.annotations.NullMarked;
