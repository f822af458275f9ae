package fr.vigie.schema;

import java.util.List;
import java.util.Map;

/**
 * One column of a feed contract.
 *
 * @param name as in the header of the file, ASCII lower case
 * @param requirement whether the column, or a value in every line, must be there
 * @param time whether a date may lie after the completeness date of the delivery
 * @param mayLieAhead for a {@link Time#PAST} date: column to codes; the date may lie ahead on lines holding one of them
 * @param mayBeEmpty for a required value: column to codes; the value may be empty on lines holding one of them
 * @param codes the closed list of a {@link ColumnType#CODE} or {@link ColumnType#CODES}; empty otherwise
 * @param open whether a code that is not in the list is a warning rather than an error
 * @param birth whether the column tells the person's birth: its errors are {@code NAISSANCE_INVALIDE}, its value is never shown
 * @param counted whether the number counts something, and so cannot be negative
 */
public record FeedColumn(
        String name,
        ColumnType type,
        Requirement requirement,
        Time time,
        Map<String, List<String>> mayLieAhead,
        Map<String, List<String>> mayBeEmpty,
        List<String> codes,
        boolean open,
        boolean birth,
        boolean counted) {

    /** What must be there. */
    public enum Requirement {
        OPTIONAL,
        /** The column must stand in the header; a value may be missing, which means unknown. */
        COLUMN,
        /** The column must stand in the header and every line must have a value. */
        VALUE
    }

    /** Where a date may lie. */
    public enum Time {
        PAST,
        ANY
    }

    public FeedColumn {
        mayLieAhead = Map.copyOf(mayLieAhead);
        mayBeEmpty = Map.copyOf(mayBeEmpty);
        codes = List.copyOf(codes);
    }

    /** The columns that this one has in bronze and silver: two for a {@link ColumnType#DATETIME}. */
    public List<String> storedNames() {
        return type == ColumnType.DATETIME ? List.of(name, name + "_precision") : List.of(name);
    }
}
