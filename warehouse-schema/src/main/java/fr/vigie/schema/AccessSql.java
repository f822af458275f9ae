package fr.vigie.schema;

/**
 * What the policy makes of PostgreSQL: views that only readers read, under a role that owns nothing else and to which row-level security gives
 * the rows of whoever asks; and everything else closed.
 */
public final class AccessSql {

    /** Superset logs in as this one before it knows who asks: it reads nothing. */
    public static final String POOL = "vigie_superset";

    private AccessSql() {}

    /** Roles, rights and rules of rows, as a database administrator can read and run them too; may be run again. */
    public static String rights() {
        return Resources.text("policy/acces.sql");
    }

    /** What a reader may still run or read although those should have taken it away; one row per function or catalogue, none when all is closed. */
    public static String stillOpen() {
        return Resources.text("policy/reste-ouvert.sql");
    }
}
