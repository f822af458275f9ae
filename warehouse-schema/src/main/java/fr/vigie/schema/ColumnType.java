package fr.vigie.schema;

/** What a column of a feed may hold, and how it is written in bronze (always canonical text) and typed in silver. */
public enum ColumnType {
    /** Free or technical text, spaces collapsed; silver STRING. */
    TEXT("STRING"),
    /** A person's identifier: replaced by a pseudonym at the door; silver STRING (32 hexadecimal digits). */
    PERSON("STRING"),
    /** One code of a closed list; silver STRING. */
    CODE("STRING"),
    /** Codes separated by {@code |}; canonical text sorted and joined by {@code |}; silver ARRAY<STRING>. */
    CODES("ARRAY<STRING>"),
    /** Whole numbers separated by {@code |}, such as ALD numbers; silver ARRAY<INT>. */
    INTEGERS("ARRAY<INT>"),
    /** A civil day, {@code yyyy-MM-dd}; silver DATE. */
    DATE("DATE"),
    /**
     * An instant, or a day whose hour is not known. Bronze and silver carry two columns: {@code x} (instant, {@code yyyy-MM-ddTHH:mm:ssZ};
     * for a day only, its midnight in Paris) and {@code x_precision} ({@code heure} or {@code jour}). Silver TIMESTAMP.
     */
    DATETIME("TIMESTAMP"),
    /** A month of birth, {@code yyyy-MM}; silver STRING. */
    MONTH("STRING"),
    /** A year; silver INT. */
    YEAR("INT"),
    INTEGER("INT"),
    /** Decimal number with a point; silver DECIMAL(18,6). */
    DECIMAL("DECIMAL(18,6)"),
    BOOLEAN("BOOLEAN"),
    /** INSEE code of a commune, five characters; silver STRING. */
    COMMUNE("STRING"),
    FINESS("STRING"),
    RPPS("STRING"),
    SIRET("STRING");

    private final String silverType;

    ColumnType(String silverType) {
        this.silverType = silverType;
    }

    /** The Spark SQL type of the column in silver. */
    public String silverType() {
        return silverType;
    }
}
