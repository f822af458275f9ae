package fr.vigie.schema;

import java.util.List;

/**
 * One column of a gold fact.
 *
 * @param means what it holds, with its unit
 * @param codes every code that a text may be; empty when it may be anything
 */
public record GoldColumn(String name, Type type, String means, List<String> codes) {

    /** What a gold column may hold. */
    public enum Type {
        BOOLEAN,
        INTEGER,
        TEXT,
        /** A set of texts; a fact counts once under each. */
        TEXTS,
        DATE,
        INSTANT,
        /**
         * A whole number known between two bounds, stored as {@code <name>_min} and {@code <name>_max}. A null maximum means no upper bound; a
         * null minimum means that it never happened, so that every « at most » is false.
         */
        UNCERTAIN
    }

    public GoldColumn {
        codes = List.copyOf(codes);
    }

    /** The columns that hold it in the table. */
    public List<String> storedNames() {
        return type == Type.UNCERTAIN ? List.of(name + "_min", name + "_max") : List.of(name);
    }
}
