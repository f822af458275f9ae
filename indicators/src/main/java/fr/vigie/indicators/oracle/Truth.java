package fr.vigie.indicators.oracle;

/** What can be said of a statement about a fact. */
enum Truth {
    TRUE,
    FALSE,
    UNDECIDED;

    static Truth of(boolean value) {
        return value ? TRUE : FALSE;
    }
}
