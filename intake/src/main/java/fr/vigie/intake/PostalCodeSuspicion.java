package fr.vigie.intake;

import fr.vigie.intake.CheckedLine.LineFinding;
import fr.vigie.schema.ColumnType;
import fr.vigie.schema.FeedColumn;
import fr.vigie.schema.FeedContract;
import fr.vigie.schema.PostalCodes;
import java.util.ArrayList;
import java.util.List;

/**
 * Postal codes given for codes of communes (domaine 0.9 bis): a whole column of them loads without a word, and its persons live where the same
 * five digits are somebody's INSEE code. Only the column as a whole tells.
 */
final class PostalCodeSuspicion {

    private static final int FEWEST = 20;
    private static final int ONE_IN = 20;

    private static final class Column {
        private final String name;
        private final int place;
        private long codes;
        private long onlyPostal;
        private long doubtful;

        Column(String name, int place) {
            this.name = name;
            this.place = place;
        }
    }

    private final List<Column> columns = new ArrayList<>();

    PostalCodeSuspicion(FeedContract contract) {
        int place = 0;
        for (FeedColumn column : contract.columns()) {
            if (column.type() == ColumnType.COMMUNE) {
                columns.add(new Column(column.name(), place));
            }
            place += column.storedNames().size();
        }
    }

    /** @param stored the values of a line that is kept */
    void see(List<String> stored) {
        for (Column column : columns) {
            String code = stored.get(column.place);
            if (!code.isEmpty()) {
                column.codes++;
                if (PostalCodes.official().isOnlyPostal(code)) {
                    column.onlyPostal++;
                } else if (PostalCodes.official().isAmbiguous(code)) {
                    column.doubtful++;
                }
            }
        }
    }

    /** One warning for each column of which more than one code in twenty exists only as a postal code. */
    List<LineFinding> findings() {
        return columns.stream()
                .filter(column -> column.codes >= FEWEST && column.onlyPostal * ONE_IN > column.codes)
                .map(column -> new LineFinding(
                        column.name,
                        Finding.warning(
                                "CODES_POSTAUX",
                                "Codes postaux donnés pour des codes INSEE\u00a0? Sur " + column.codes + " codes, "
                                        + column.onlyPostal + " n’existent que comme codes postaux et "
                                        + column.doubtful
                                        + " sont douteux (code postal d’une commune, code INSEE d’une autre)\u202f:"
                                        + " demandez le code INSEE, ou lisez le code postal et le nom par une correspondance."),
                        ""))
                .toList();
    }
}
