package fr.vigie.verification.oracle;

/** What can be said of a statement about a fact. */
enum Truth {
    TRUE,
    FALSE,
    UNDECIDED;

    static Truth of(boolean value) {
        return value ? TRUE : FALSE;
    }
}
