package fr.vigie.intake;

import fr.vigie.schema.ColumnType;
import fr.vigie.schema.FeedColumn;
import fr.vigie.schema.FeedContract;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a trial may show of a file of persons. Codes and dates of facts are what the author of a mapping must see; what a person is known by (their
 * identifier, name, birth) is shown by its shape, wherever the file keeps it. A reference feed names nobody and is shown as it is.
 */
final class Mask {

    /** More different texts than that are no list of codes. */
    static final int MOST_CODES = 30;

    private static final int LONGEST_CODE = 60;
    private static final int LONG_NUMBER = 6;

    private final boolean isAboutPersons;
    private final Set<String> identity = new HashSet<>();

    Mask(Mapping mapping, FeedContract contract) {
        this.isAboutPersons = contract.isAboutPersons();
        for (Mapping.MappedBlock block : mapping.blocks()) {
            for (Map.Entry<String, MappedValue> entry : block.columns().entrySet()) {
                if (isIdentity(block.feed(), entry.getKey())) {
                    entry.getValue().columns().forEach(identity::add);
                }
            }
        }
    }

    private static boolean isIdentity(String feed, String name) {
        FeedContract contract = FeedContract.all().get(feed);
        return contract != null
                && contract.column(name)
                        .filter(column -> column.type() == ColumnType.PERSON || column.birth())
                        .isPresent();
    }

    static boolean isCoded(FeedColumn column) {
        return column.type() == ColumnType.CODE
                || column.type() == ColumnType.CODES
                || column.type() == ColumnType.BOOLEAN
                || column.type() == ColumnType.COMMUNE;
    }

    /** A list of codes, that is of few texts. */
    static boolean isListed(FeedColumn column) {
        return isCoded(column) && column.type() != ColumnType.COMMUNE;
    }

    /** @param source column of the file */
    String before(String source, FeedColumn column, String text) {
        return tellsAPerson(source) ? MaskedCell.shape(text) : text(column, text);
    }

    /** @param value made of the text, among others */
    String before(MappedValue value, FeedColumn column, String text) {
        return value.columns().anyMatch(this::tellsAPerson) ? MaskedCell.shape(text) : text(column, text);
    }

    private boolean tellsAPerson(String source) {
        return identity.contains(source) || MappingReader.saysAPerson(source);
    }

    /** A text of the file that is to be read as a value of a column. */
    private String text(FeedColumn column, String text) {
        if (!isAboutPersons) {
            return text;
        }
        if (column.type() == ColumnType.PERSON || column.birth()) {
            return MaskedCell.shape(text);
        }
        if (isCoded(column)) {
            return text.length() <= LONGEST_CODE
                            && text.chars().filter(Character::isDigit).count() < LONG_NUMBER
                    ? text
                    : MaskedCell.shape(text);
        }
        return MaskedCell.of(column, text, "");
    }

    /** Of a person's line, the shape of a text. */
    String hidden(String text) {
        return isAboutPersons ? MaskedCell.shape(text) : text;
    }

    /** What the warehouse would keep. */
    String kept(FeedColumn column, String text, String person) {
        if (column.type() == ColumnType.PERSON) {
            return text.isEmpty() ? "" : "(pseudonyme)";
        }
        if (!person.isEmpty() && text.contains(person)) {
            return text.replace(person, "(pseudonyme)");
        }
        return isCoded(column)
                        || column.type() == ColumnType.DATETIME
                        || column.name().equals("source")
                ? text
                : text(column, text);
    }

    /** What a mapping made of a line that is rejected: nobody has checked it. */
    String made(MappedValue value, FeedColumn column, String text, String person) {
        boolean isSafe = value.columns().findAny().isEmpty() || column.codes().contains(text);
        if (isSafe || column.type() == ColumnType.PERSON || (!person.isEmpty() && text.contains(person))) {
            return kept(column, text, person);
        }
        return isListed(column) ? "" : before(value, column, text);
    }
}
