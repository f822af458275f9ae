/** Owns where an instance lives: its folders, its PostgreSQL and the lock of its runs. Refuses to know what the tables hold. */
@NullMarked
package fr.vigie.batch.instance;

import org.jspecify.annotations.NullMarked;
