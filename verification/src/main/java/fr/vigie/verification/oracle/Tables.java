package fr.vigie.verification.oracle;

import fr.vigie.schema.ColumnType;
import fr.vigie.schema.FeedContract;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Current rows drawn as text tables, as a doctor would write them: a line with the feed's name, a line of columns, then one line a row. Columns
 * are parted by {@code |}, lists by {@code +}; dates are dd/MM/yyyy, with HH:mm when the hour is known; {@code O} and {@code N}.
 *
 * <p>A row without {@code source} has {@code SIH}; ids that are not given are numbered. The commune 34172 (CPTS {@code CPTS-M}) and 30189 are
 * always known.
 */
public final class Tables {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/uuuu");
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("dd/MM/uuuu HH:mm");
    private static final Map<String, FeedContract> CONTRACTS = FeedContract.all();
    private static final String ALWAYS_KNOWN = """
            communes
            code_insee | libelle     | departement | region | epci
            34172      | Montpellier | 34          | 76     | EPCI-M
            30189      | Nîmes       | 30          | 76     | EPCI-N

            territoires
            territoire_id | type | libelle
            CPTS-M        | CPTS | CPTS de Montpellier

            territoires_communes
            territoire_id | code_insee | date_debut
            CPTS-M        | 34172      | 01/01/2015
            """;

    private Tables() {}

    public static CurrentRows read(String text) {
        Map<String, List<SilverRow>> feeds = new HashMap<>();
        for (String block : (ALWAYS_KNOWN + "\n" + text).split("\n\\s*\n")) {
            List<String> lines = block.strip().lines().map(String::strip).toList();
            List<String> columns = cells(lines.get(1));
            List<SilverRow> rows = feeds.computeIfAbsent(lines.get(0), feed -> new ArrayList<>());
            for (String line : lines.subList(2, lines.size())) {
                rows.add(row(Objects.requireNonNull(CONTRACTS.get(lines.get(0))), columns, cells(line), rows.size()));
            }
        }
        return new CurrentRows(feeds);
    }

    /** The end of the minute of a date d'arrêt written dd/MM/yyyy HH:mm. */
    public static Instant limit(String dateArret) {
        return instant(dateArret).plusSeconds(60);
    }

    private static SilverRow row(FeedContract contract, List<String> columns, List<String> cells, int number) {
        Map<String, Object> values = new HashMap<>();
        values.put("source", "SIH");
        contract.key().stream()
                .filter(key -> key.endsWith("_id") && !key.equals("patient_id"))
                .forEach(key -> values.put(key, key + number));
        if (contract.feed().equals("rendez_vous")) {
            values.put("mode", "PRES");
            values.put("profession", "MG");
        }
        for (int i = 0; i < columns.size(); i++) {
            String cell = i < cells.size() ? cells.get(i) : "";
            if (!cell.isEmpty()) {
                put(values, columns.get(i), cell, contract);
            }
        }
        return SilverRow.of(values);
    }

    private static void put(Map<String, Object> values, String column, String cell, FeedContract contract) {
        ColumnType type = contract.column(column).map(found -> found.type()).orElse(ColumnType.TEXT);
        if (column.equals("version")) {
            values.put(column, instant(cell));
            return;
        }
        switch (type) {
            case DATE -> values.put(column, LocalDate.parse(cell, DAY));
            case DATETIME -> {
                values.put(column, instant(cell));
                values.put(column + "_precision", cell.length() == 10 ? "jour" : "heure");
            }
            case BOOLEAN -> values.put(column, cell.equals("O"));
            case INTEGER, YEAR -> values.put(column, Integer.valueOf(cell));
            case CODES -> values.put(column, List.of(cell.split("\\+")));
            case INTEGERS ->
                values.put(
                        column,
                        Arrays.stream(cell.split("\\+")).map(Integer::valueOf).toList());
            default -> values.put(column, cell);
        }
    }

    private static Instant instant(String cell) {
        if (cell.endsWith("Z")) {
            return Instant.parse(cell);
        }
        return cell.length() == 10
                ? LocalDate.parse(cell, DAY).atStartOfDay(PARIS).toInstant()
                : LocalDateTime.parse(cell, MINUTE).atZone(PARIS).toInstant();
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
    }
}
