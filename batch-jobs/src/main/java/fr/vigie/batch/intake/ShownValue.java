package fr.vigie.batch.intake;

import fr.vigie.schema.ColumnType;
import fr.vigie.schema.FeedColumn;

/** What of a wrong value may be shown in the list of rejects: enough to find the mistake, never enough to find the person. */
final class ShownValue {

    private static final int LONGEST = 40;
    private static final int LONGEST_CODE = 12;

    private ShownValue() {}

    /**
     * @param value as written
     * @param patient the identifier of the person of the line, as written; empty when the line has none
     */
    static String of(FeedColumn column, String value, String patient) {
        if (column.type() == ColumnType.PERSON || column.birth() || value.isEmpty()) {
            return "";
        }
        boolean tellsThePerson = !patient.isEmpty() && (value.contains(patient) || patient.contains(value));
        if (!tellsThePerson && value.length() <= LONGEST && (isNumberOrDate(value) || isShortCode(column, value))) {
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

    /** Thirteen digits, or fifteen and more, may be a NIR in the wrong column. */
    private static boolean isNumberOrDate(String value) {
        int digits = 0;
        for (int index = 0; index < value.length(); index++) {
            char character = value.charAt(index);
            if (character >= '0' && character <= '9') {
                digits++;
            } else if (" /:-+.,TZ".indexOf(character) < 0) {
                return false;
            }
        }
        return digits > 0 && (digits < 13 || digits == 14);
    }

    private static boolean isShortCode(FeedColumn column, String value) {
        boolean isCoded = column.type() == ColumnType.CODE
                || column.type() == ColumnType.CODES
                || column.type() == ColumnType.BOOLEAN
                || column.type() == ColumnType.COMMUNE;
        return isCoded && value.length() <= LONGEST_CODE && value.indexOf(' ') < 0;
    }
}
