package fr.vigie.schema;

import java.util.List;
import java.util.Optional;

/**
 * One column of a gold fact.
 *
 * @param means what it holds, with its unit
 * @param codes every code that a text may be; empty when it may be anything
 * @param feed the feed that alone tells it, where the fact itself does without: never received, it is unknown of everybody
 */
public record GoldColumn(String name, Type type, String means, List<String> codes, Optional<String> feed) {

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

    /** A column that comes with its fact. */
    public GoldColumn(String name, Type type, String means, List<String> codes) {
        this(name, type, means, codes, Optional.empty());
    }

    /** The columns that hold it in the table. */
    public List<String> storedNames() {
        return type == Type.UNCERTAIN ? List.of(name + "_min", name + "_max") : List.of(name);
    }
}
