package fr.vigie.intake;

/** Reads the values of one type of column; never sees an empty value. */
@FunctionalInterface
interface ValueReader {

    /** @param value trimmed, spaces collapsed, not empty */
    CellReading read(String value);
}
