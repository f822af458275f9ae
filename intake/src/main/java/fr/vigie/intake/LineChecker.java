package fr.vigie.intake;

import fr.vigie.intake.CheckedLine.LineFinding;
import fr.vigie.schema.ColumnType;
import fr.vigie.schema.FeedColumn;
import fr.vigie.schema.FeedColumn.Requirement;
import fr.vigie.schema.FeedColumn.Time;
import fr.vigie.schema.FeedContract;
import fr.vigie.schema.SourceName;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks the lines of one feed against its contract, one line at a time: nothing here remembers a line. */
final class LineChecker {

    private static final int LONGEST = 4000;
    /** How long the outcome of a rendez-vous may take to be told (domaine 0.7). */
    private static final int DAYS_TO_TELL = 7;

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy");

    private final List<FeedColumn> columns;
    private final ValueReader[] readers;
    private final Map<String, Integer> places = new HashMap<>();
    private final List<int[]> orders = new ArrayList<>();
    private final CheckOptions options;
    private final Pseudonymiser pseudonymiser;
    private final boolean needsMedecin;

    LineChecker(FeedContract contract, CheckOptions options, Pseudonymiser pseudonymiser) {
        this.columns = contract.columns();
        this.options = options;
        this.pseudonymiser = pseudonymiser;
        this.needsMedecin = contract.key().contains("medecin");
        this.readers = new ValueReader[columns.size()];
        for (int index = 0; index < columns.size(); index++) {
            readers[index] = reader(columns.get(index));
            places.put(columns.get(index).name(), index);
        }
        for (DateOrder order : DateOrder.ALL) {
            int[] found = order.columns().stream()
                    .filter(places::containsKey)
                    .mapToInt(name -> places.getOrDefault(name, -1))
                    .toArray();
            if (found.length > 1) {
                orders.add(found);
            }
        }
    }

    String columnName(int index) {
        return columns.get(index).name();
    }

    /** The pseudonym that a person's identifier will have; empty when there is none, or a wrong one. */
    String pseudonym(String written) {
        String value = written.equals("NR") ? "" : written;
        CellReading person = value.isEmpty() ? CellReading.EMPTY : RegistryReaders.person(value, options.opaque());
        return person.text().isEmpty() ? "" : pseudonymiser.pseudonym(person.text());
    }

    private ValueReader reader(FeedColumn column) {
        DateReader dates = new DateReader(options.zone(), options.earliest());
        BirthReader births = new BirthReader(dates);
        CodeReader codes = new CodeReader(column.codes(), column.open());
        return switch (column.type()) {
            case TEXT -> column.name().endsWith("_id") ? RegistryReaders::identifier : CellReading::of;
            case PERSON -> value -> RegistryReaders.person(value, options.opaque());
            case CODE -> codes::one;
            case CODES -> codes::several;
            case INTEGERS -> NumberReaders::integers;
            case DATE -> column.birth() ? births::day : dates::day;
            case DATETIME -> dates::instant;
            case MONTH -> births::month;
            case YEAR -> column.birth() ? births::year : NumberReaders::year;
            case INTEGER ->
                column.counted()
                        ? value -> NumberReaders.counted(NumberReaders.integer(value))
                        : NumberReaders::integer;
            case DECIMAL ->
                column.counted()
                        ? value -> NumberReaders.counted(NumberReaders.decimal(value))
                        : NumberReaders::decimal;
            case BOOLEAN -> NumberReaders::bool;
            case COMMUNE -> CommuneReader::read;
            case FINESS -> RegistryReaders::finess;
            case RPPS -> RegistryReaders::rpps;
            case SIRET -> RegistryReaders::siret;
        };
    }

    /** @param written one value per column of the contract, empty when the file has none */
    CheckedLine check(String[] written) {
        String[] values = new String[columns.size()];
        CellReading[] readings = new CellReading[columns.size()];
        Findings findings = new Findings(values);
        for (int index = 0; index < values.length; index++) {
            String value = CleanText.of(written[index]);
            values[index] = value.equals("NR") ? "" : value;
        }
        Integer source = places.get("source");
        if (source != null) {
            values[source] = values[source].isEmpty() ? options.source() : SourceName.of(values[source]);
        }
        for (int index = 0; index < values.length; index++) {
            readings[index] = read(index, values[index]);
            for (Finding finding : readings[index].findings()) {
                findings.add(index, finding);
            }
        }
        checkRequired(values, readings, findings);
        checkTime(readings, findings);
        checkOrder(readings, findings);
        if (findings.rejected) {
            return new CheckedLine(List.of(), findings.found, true, "");
        }
        return kept(readings, findings.found);
    }

    private CellReading read(int index, String value) {
        if (value.isEmpty()) {
            return CellReading.EMPTY;
        }
        if (value.length() > LONGEST) {
            return CellReading.wrong(
                    "VALEUR_TROP_LONGUE", "Valeur de plus de 4\u202f000 caractères\u00a0: guillemet oublié\u00a0?");
        }
        boolean isFree = columns.get(index).type() == ColumnType.TEXT && !isIdentifier(columns.get(index));
        Optional<Finding> spoilt = SpoiltText.find(value, isFree ? Level.A : Level.E);
        if (spoilt.isPresent()) {
            return isFree ? CellReading.of(value, spoilt.get()) : CellReading.wrong(spoilt.get());
        }
        return readers[index].read(value);
    }

    private static boolean isIdentifier(FeedColumn column) {
        return column.name().endsWith("_id") || column.name().equals("source");
    }

    private CheckedLine kept(CellReading[] readings, List<LineFinding> found) {
        List<String> stored = new ArrayList<>(columns.size() + 8);
        String person = "";
        for (int index = 0; index < readings.length; index++) {
            FeedColumn column = columns.get(index);
            CellReading reading = readings[index];
            if (column.type() == ColumnType.PERSON && !reading.text().isEmpty()) {
                person = reading.text();
                stored.add(pseudonymiser.pseudonym(person));
            } else {
                stored.add(reading.text());
            }
            if (column.type() == ColumnType.DATETIME) {
                stored.add(reading.precision());
            }
        }
        return new CheckedLine(stored, found, false, person);
    }

    private void checkRequired(String[] values, CellReading[] readings, Findings findings) {
        for (int index = 0; index < values.length; index++) {
            FeedColumn column = columns.get(index);
            if (values[index].isEmpty()
                    && column.requirement() == Requirement.VALUE
                    && !holds(column.mayBeEmpty(), readings)) {
                findings.add(index, missing());
            }
        }
        if (needsMedecin && isEmpty(values, "rpps") && isEmpty(values, "finess")) {
            findings.add(
                    places.getOrDefault("rpps", 0),
                    Finding.error(
                            "VALEUR_MANQUANTE",
                            "Médecin manquant\u00a0: un RPPS, ou le FINESS d’un centre de santé, est attendu."));
        }
    }

    private boolean isEmpty(String[] values, String column) {
        Integer place = places.get(column);
        return place == null || values[place].isEmpty();
    }

    private static Finding missing() {
        return Finding.error("VALEUR_MANQUANTE", "Valeur obligatoire manquante.");
    }

    private void checkTime(CellReading[] readings, Findings findings) {
        LocalDate covered = options.covered();
        LocalDate known = lastKnownAlive(readings, covered);
        for (int index = 0; index < readings.length; index++) {
            FeedColumn column = columns.get(index);
            CellReading reading = readings[index];
            if (reading.text().isEmpty()) {
                continue;
            }
            Moment moment = reading.moment();
            if (column.birth()) {
                if (BirthReader.isImpossible(reading.text(), known, covered)) {
                    findings.add(index, BirthReader.impossible());
                }
            } else if (moment != null
                    && column.time() == Time.PAST
                    && options.completeUntil().isPresent()
                    && moment.day().isAfter(covered)
                    && !holds(column.mayLieAhead(), readings)) {
                findings.add(
                        index,
                        Finding.error(
                                "DATE_FUTURE",
                                "Date postérieure à la date de complétude (" + DAY.format(covered)
                                        + ")\u00a0: un fait passé est attendu."));
            } else if (moment != null
                    && options.completeUntil().isPresent()
                    && covered.isAfter(moment.day().plusDays(DAYS_TO_TELL))
                    && holds(column.mayLieAhead(), readings)) {
                findings.add(
                        index,
                        Finding.warning(
                                "ISSUE_NON_RENSEIGNEE",
                                "Passé depuis plus de " + DAYS_TO_TELL
                                        + " jours et encore prévu\u00a0: compté comme un échec tant que l’issue"
                                        + " manque."));
            }
        }
    }

    /** The oldest age that a line claims is the one at death, when the death is known. */
    private LocalDate lastKnownAlive(CellReading[] readings, LocalDate covered) {
        Integer place = places.get("date_deces");
        Moment death = place == null ? null : readings[place].moment();
        return death != null && death.day().isBefore(covered) ? death.day() : covered;
    }

    private void checkOrder(CellReading[] readings, Findings findings) {
        for (int[] order : orders) {
            int before = -1;
            for (int index : order) {
                Moment moment = readings[index].moment();
                if (moment == null) {
                    continue;
                }
                Moment earlier = before < 0 ? null : readings[before].moment();
                if (earlier != null && earlier.isAfter(moment)) {
                    findings.add(
                            index,
                            DateOrder.broken(
                                    columns.get(before).name(),
                                    columns.get(index).name()));
                }
                before = index;
            }
        }
        Integer realisation = places.get("date_realisation");
        Integer statut = places.get("statut");
        if (realisation != null
                && statut != null
                && readings[statut].text().equals("REALISEE")
                && readings[realisation].text().isEmpty()) {
            findings.add(
                    realisation,
                    Finding.warning(
                            "REALISEE_SANS_DATE",
                            "Orientation réalisée sans date de réalisation\u00a0: exclue des délais."));
        }
    }

    /** Whether one of the conditions (column to codes) holds on the line. */
    private boolean holds(Map<String, List<String>> conditions, CellReading[] readings) {
        for (Map.Entry<String, List<String>> condition : conditions.entrySet()) {
            Integer place = places.get(condition.getKey());
            if (place != null && condition.getValue().contains(readings[place].text())) {
                return true;
            }
        }
        return false;
    }

    /** The findings of one line, with what may be shown of the values. */
    private final class Findings {
        private final String[] values;
        private List<LineFinding> found = List.of();
        private boolean rejected;

        Findings(String[] values) {
            this.values = values;
        }

        void add(int index, Finding finding) {
            if (found.isEmpty()) {
                found = new ArrayList<>();
            }
            FeedColumn column = columns.get(index);
            found.add(new LineFinding(column.name(), finding, MaskedCell.of(column, values[index], person())));
            rejected |= finding.level() == Level.E;
        }

        private String person() {
            return columns.stream()
                    .filter(column -> column.type() == ColumnType.PERSON)
                    .map(column -> values[places.getOrDefault(column.name(), 0)])
                    .findFirst()
                    .orElse("");
        }
    }
}
