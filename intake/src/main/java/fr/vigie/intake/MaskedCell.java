package fr.vigie.intake;

import fr.vigie.schema.ColumnType;
import fr.vigie.schema.FeedColumn;
import java.util.Arrays;
import java.util.regex.Pattern;

/** What of a wrong value may be shown in the list of rejects: enough to find the mistake, never enough to find the person. */
final class MaskedCell {

    private static final int LONGEST = 40;
    private static final int LONGEST_CODE = 12;
    private static final int LONG_NUMBER = 9;
    private static final int SHORTEST_NAME = 3;
    private static final Pattern NOT_LETTERS = Pattern.compile("\\P{L}+");

    private MaskedCell() {}

    /**
     * @param value as written
     * @param patient the identifier of the person of the line, as written; empty when the line has none
     */
    static String of(FeedColumn column, String value, String patient) {
        if (column.type() == ColumnType.PERSON || column.birth() || value.isEmpty()) {
            return "";
        }
        boolean tellsThePerson = !patient.isEmpty() && (value.contains(patient) || patient.contains(value));
        if (!tellsThePerson
                && value.length() <= LONGEST
                && (isNumberOrDate(column, value) || isShortCode(column, value))) {
            return value;
        }
        return shape(value);
    }

    /** Letters become x, digits 9. */
    static String shape(String value) {
        StringBuilder shape = new StringBuilder();
        for (int index = 0; index < Math.min(LONGEST, value.length()); index++) {
            char character = value.charAt(index);
            shape.append(Character.isDigit(character) ? '9' : Character.isLetter(character) ? 'x' : character);
        }
        return value.length() > LONGEST ? shape + "…" : shape.toString();
    }

    /** Nine digits and more may be a telephone number in the wrong column, thirteen, or fifteen and more, a NIR. */
    private static boolean isNumberOrDate(FeedColumn column, String value) {
        boolean isRegistered = column.type() == ColumnType.FINESS
                || column.type() == ColumnType.RPPS
                || column.type() == ColumnType.SIRET;
        boolean isDate = column.type() == ColumnType.DATE || column.type() == ColumnType.DATETIME;
        int digits = 0;
        for (int index = 0; index < value.length(); index++) {
            char character = value.charAt(index);
            if (character >= '0' && character <= '9') {
                digits++;
            } else if ((isDate ? " /:-+.,TZhH?" : " /:-+.,TZ").indexOf(character) < 0) {
                return false;
            }
        }
        return digits > 0 && (digits < LONG_NUMBER || (isRegistered || isDate) && (digits < 13 || digits == 14));
    }

    private static boolean isShortCode(FeedColumn column, String value) {
        boolean isCoded = column.type() == ColumnType.CODE
                || column.type() == ColumnType.CODES
                || column.type() == ColumnType.BOOLEAN
                || column.type() == ColumnType.COMMUNE;
        return isCoded
                && value.length() <= LONGEST_CODE
                && value.indexOf(' ') < 0
                && value.chars().filter(Character::isDigit).count() < LONG_NUMBER
                && (column.open()
                        || Arrays.stream(NOT_LETTERS.split(value)).noneMatch(word -> mayBeAName(column, word)));
    }

    /** In a shifted file a name stands where a code is expected; a code with a typing error begins like one of the list. */
    private static boolean mayBeAName(FeedColumn column, String word) {
        return word.length() > SHORTEST_NAME
                && column.codes().stream().noneMatch(code -> code.regionMatches(true, 0, word, 0, SHORTEST_NAME));
    }
}
