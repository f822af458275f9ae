package fr.vigie.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import fr.vigie.intake.IntakeResult.Status;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Exchange rows written in a drawn foreign layout and read back through the mapping of that layout are the same rows as when they are loaded in
 * the exchange format. Drawn: delimiter, encoding, line ends, header or none, skipped lines, order and names of the columns, columns that nobody
 * reads, words for « unknown », codes and their spelling, day and hour apart, composite identifiers, years shifted, postal code and name. Held
 * constant: the feed (rendez_vous), one block, texts without delimiters or quotes (see {@link PlainFileTest}).
 */
class DrawnMappingTest {

    private static final int DRAWS = 300;
    private static final List<String> STATUTS = List.of("HONORE", "NON_HONORE", "ANNULE_PATIENT", "CONFIRME");
    /** INSEE code, postal code, name: two of them share a postal code. */
    private static final String[][] COMMUNES = {
        {"34301", "34200", "Sète"},
        {"34157", "34140", "Mèze"},
        {"34143", "34140", "Loupian"},
        {"97411", "97400", "Saint-Denis"}
    };

    @TempDir
    Path folder;

    /** A column of the foreign file: its name and one text per row. */
    private record Column(String name, List<String> texts) {}

    /** One drawn world: the exchange file, the foreign file, its mapping. */
    private static final class Draw {
        private final Random random;
        private final String nothing;
        private final List<Column> columns = new ArrayList<>();
        private final Map<String, String> yaml = new LinkedHashMap<>();
        private final int rows;

        Draw(long seed) {
            random = new Random(seed);
            rows = 1 + random.nextInt(12);
            nothing = pick("", "NULL", "N/A", "néant");
        }

        @SafeVarargs
        private <T> T pick(T... choices) {
            return choices[random.nextInt(choices.length)];
        }

        private boolean maybe() {
            return random.nextBoolean();
        }

        /** As somebody else would spell it. */
        private String spelled(String text) {
            return switch (random.nextInt(4)) {
                case 0 -> text.toUpperCase(Locale.ROOT);
                case 1 -> text.toLowerCase(Locale.ROOT);
                case 2 -> " " + text.replace(" ", "  ");
                default -> text;
            };
        }

        private String written(String text) {
            return text.isEmpty() ? pick(nothing, nothing + " ") : text;
        }

        private String add(String name, List<String> texts) {
            columns.add(new Column(name, texts.stream().map(this::written).toList()));
            return name;
        }

        private List<String> draw(IntFunction<String> text) {
            return IntStream.range(0, rows).mapToObj(text).toList();
        }

        private String orNothing(String text) {
            return random.nextInt(5) == 0 ? "" : text;
        }
    }

    @Test
    void aForeignLayoutReadBackIsTheExchangeRows() throws IOException {
        TreeSet<String> met = new TreeSet<>();
        for (int seed = 0; seed < DRAWS; seed++) {
            check(seed, met);
        }
        // A draw that never meets an option proves nothing about it.
        assertEquals(
                List.of(
                        "ISO-8859-1-like",
                        "UTF-8",
                        "codes",
                        "composite",
                        "day and hour",
                        "delimiter",
                        "header",
                        "names given",
                        "nothing",
                        "postal code",
                        "shift",
                        "skip"),
                List.copyOf(met));
    }

    private void check(int seed, TreeSet<String> met) throws IOException {
        Draw draw = new Draw(seed);
        Map<String, List<String>> exchange = rendezVous(draw, met);
        String foreign = foreign(draw, met);
        Charset charset = draw.maybe() ? StandardCharsets.UTF_8 : Charset.forName("windows-1252");
        met.add(charset.equals(StandardCharsets.UTF_8) ? "UTF-8" : "ISO-8859-1-like");

        Door plain = new Door(folder.resolve(seed + "-a"));
        IntakeResult wanted = plain.takeOne("rendez_vous.csv", csv(exchange));
        Door mapped = new Door(folder.resolve(seed + "-b"));
        mapped.mapping = Optional.of(Mapping.read("essai.yaml", mapping(draw), Door.CONTRACTS));
        mapped.put("export.csv", foreign, charset);
        IntakeResult got = mapped.take().get(0);

        String world = "seed " + seed + "\n" + mapping(draw) + "\n" + foreign;
        assertEquals(Status.CHARGE, got.status(), world);
        assertEquals(rows(plain, wanted), rows(mapped, got), world);
        assertEquals(draw.rows, got.linesKept(), world);
    }

    /** Kept rows, with the person under their identifier: each door has a key of its own. */
    private static List<Map<String, String>> rows(Door door, IntakeResult result) throws IOException {
        List<Map<String, String>> rows = new ArrayList<>();
        for (Door.Row row : Door.staged(result)) {
            Map<String, String> values = new LinkedHashMap<>(row.values());
            values.remove("_ligne");
            values.put("patient_id", door.identifier(row.at("patient_id"), "ESSAI"));
            rows.add(values);
        }
        return rows;
    }

    private static String csv(Map<String, List<String>> columns) {
        StringBuilder csv = new StringBuilder(String.join(";", columns.keySet())).append('\n');
        int rows = columns.values().iterator().next().size();
        for (int row = 0; row < rows; row++) {
            int at = row;
            csv.append(columns.values().stream().map(texts -> texts.get(at)).collect(Collectors.joining(";")))
                    .append('\n');
        }
        return csv.toString();
    }

    /** The rows in the exchange format; the draw keeps how the foreign file writes each of them. */
    private static Map<String, List<String>> rendezVous(Draw draw, TreeSet<String> met) {
        Map<String, List<String>> exchange = new LinkedHashMap<>();
        identifiers(draw, exchange, met);
        dates(draw, exchange, met);
        codes(draw, exchange, met);
        communes(draw, exchange, met);
        exchange.put("mode", draw.draw(row -> "PRES"));
        draw.yaml.put("mode", "{constant: PRES}");
        List<String> professions = draw.draw(row -> draw.pick("MG", "IDE"));
        exchange.put("profession", professions);
        draw.yaml.put("profession", draw.add("Profession", professions));
        exchange.put("source", draw.draw(row -> "ESSAI"));
        return exchange;
    }

    private static void identifiers(Draw draw, Map<String, List<String>> exchange, TreeSet<String> met) {
        List<String> centres = draw.draw(row -> draw.pick("A", "B"));
        List<String> numbers = draw.draw(row -> "n" + row);
        if (draw.maybe()) {
            met.add("composite");
            String separator = draw.pick("", "-", "/");
            exchange.put("rdv_id", draw.draw(row -> centres.get(row) + separator + numbers.get(row)));
            draw.yaml.put(
                    "rdv_id",
                    "{join: [" + draw.add("Centre", centres) + ", " + draw.add("N° de RDV", numbers)
                            + "], separator: \"" + separator + "\"}");
        } else {
            exchange.put("rdv_id", draw.draw(row -> "R-" + numbers.get(row)));
            draw.yaml.put("rdv_id", "{from: " + draw.add("N° de RDV", numbers) + ", prefix: R-}");
        }
        List<String> persons = draw.draw(row -> "p" + draw.random.nextInt(4));
        exchange.put("patient_id", persons);
        draw.yaml.put("patient_id", "{from: " + draw.add("Dossier", persons) + ", opaque: true}");
    }

    private static void dates(Draw draw, Map<String, List<String>> exchange, TreeSet<String> met) {
        List<LocalDateTime> starts = IntStream.range(0, draw.rows)
                .mapToObj(row -> LocalDate.of(2024, 1, 1)
                        .plusDays(draw.random.nextInt(700))
                        .atTime(draw.random.nextInt(24), draw.random.nextInt(60)))
                .toList();
        List<Boolean> hours = IntStream.range(0, draw.rows)
                .mapToObj(row -> draw.random.nextInt(4) > 0)
                .toList();
        // 29 February of a year that is shifted by 100 may not be a day of the calendar: 400 years are.
        int shift = draw.pick(0, 0, 400, -400);
        if (shift != 0) {
            met.add("shift");
        }
        String change = shift == 0 ? "" : ", shift_years: " + -shift;
        exchange.put(
                "date_heure_debut",
                draw.draw(row -> hours.get(row)
                        ? starts.get(row).format(DateTimeFormatter.ofPattern("dd/MM/yyyy HH:mm"))
                        : starts.get(row).format(DateTimeFormatter.ofPattern("dd/MM/yyyy"))));
        List<String> days =
                draw.draw(row -> starts.get(row).plusYears(shift).format(DateTimeFormatter.ofPattern("dd/MM/yyyy")));
        if (draw.maybe()) {
            met.add("day and hour");
            List<String> times = draw.draw(
                    row -> hours.get(row) ? starts.get(row).format(DateTimeFormatter.ofPattern("HH:mm")) : "");
            draw.add("Jour", days);
            draw.add("Heure", times);
            draw.yaml.put(
                    "date_heure_debut",
                    "{first_of: [{join: [Jour, Heure], separator: \" \"" + change + "}, {from: Jour" + change + "}]}");
        } else {
            List<String> moments = draw.draw(row -> hours.get(row)
                    ? starts.get(row).plusYears(shift).format(DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm"))
                    : days.get(row));
            draw.yaml.put("date_heure_debut", "{from: " + draw.add("Début", moments) + change + "}");
        }
    }

    private static void codes(Draw draw, Map<String, List<String>> exchange, TreeSet<String> met) {
        List<String> statuts = draw.draw(row -> STATUTS.get(draw.random.nextInt(STATUTS.size())));
        exchange.put("statut", statuts);
        Map<String, String> words = Map.of(
                "HONORE",
                "Rendez-vous honoré",
                "NON_HONORE",
                "Non venu",
                "ANNULE_PATIENT",
                "Annulé à l'initiative de l'usager",
                "CONFIRME",
                "1");
        if (draw.maybe()) {
            met.add("codes");
            draw.add("État", statuts.stream().map(words::get).map(draw::spelled).toList());
            draw.yaml.put(
                    "statut",
                    "{from: État, codes: {"
                            + words.entrySet().stream()
                                    .map(word -> word.getValue() + ": " + word.getKey())
                                    .collect(Collectors.joining(", "))
                            + "}}");
        } else {
            draw.yaml.put("statut", draw.add("État", statuts));
        }
        List<String> motifs = draw.draw(row -> draw.orNothing(draw.pick("Bilan", "Suivi — cœur", "Vaccin")));
        exchange.put("motif", motifs);
        draw.yaml.put("motif", draw.add("Motif", motifs));
    }

    private static void communes(Draw draw, Map<String, List<String>> exchange, TreeSet<String> met) {
        List<String[]> places = IntStream.range(0, draw.rows)
                .mapToObj(row -> draw.random.nextInt(5) == 0
                        ? new String[] {"", "", ""}
                        : COMMUNES[draw.random.nextInt(COMMUNES.length)])
                .toList();
        exchange.put("commune_lieu", places.stream().map(place -> place[0]).toList());
        if (draw.maybe()) {
            met.add("postal code");
            draw.add("CP", places.stream().map(place -> place[1]).toList());
            draw.add(
                    "Ville",
                    places.stream()
                            .map(place -> place[2])
                            .map(draw::spelled)
                            .map(String::strip)
                            .toList());
            draw.yaml.put("commune_lieu", "{postal_code: CP, commune: Ville}");
        } else {
            draw.yaml.put(
                    "commune_lieu",
                    draw.add("Commune", places.stream().map(place -> place[0]).toList()));
        }
    }

    private static String foreign(Draw draw, TreeSet<String> met) {
        if (draw.maybe()) {
            draw.add("Inutile", draw.draw(row -> "x"));
        }
        Collections.shuffle(draw.columns, draw.random);
        String delimiter = draw.pick(";", ",", "\t", "|", "^");
        String end = draw.pick("\n", "\r\n");
        StringBuilder head = new StringBuilder("name: essai\nlabel: Essai\nsource: ESSAI\n");
        StringBuilder file = new StringBuilder();
        if (draw.maybe()) {
            met.add("delimiter");
            head.append("delimiter: \"")
                    .append(delimiter.equals("\t") ? "tab" : delimiter)
                    .append("\"\n");
        } else if (delimiter.equals("^")) {
            // Nothing in the file tells it from a text.
            delimiter = ";";
        }
        int skipped = draw.pick(0, 0, 1, 3);
        if (skipped > 0) {
            met.add("skip");
            head.append("skip_lines: ").append(skipped).append('\n');
            file.append(("titre; \"de, l’export" + end).repeat(skipped));
        }
        if (!draw.nothing.isEmpty()) {
            met.add("nothing");
            head.append("empty: [").append(draw.nothing).append("]\n");
        }
        List<String> names = draw.columns.stream().map(Column::name).toList();
        if (draw.maybe()) {
            met.add("names given");
            head.append("header: [").append(String.join(", ", names)).append("]\n");
        } else {
            met.add("header");
            file.append(names.stream().map(draw::spelled).collect(Collectors.joining(delimiter)))
                    .append(end);
        }
        for (int row = 0; row < draw.rows; row++) {
            int at = row;
            file.append(draw.columns.stream()
                            .map(column -> column.texts().get(at))
                            .collect(Collectors.joining(delimiter)))
                    .append(end);
        }
        draw.yaml.put("", head.toString());
        return file.toString();
    }

    private static String mapping(Draw draw) {
        StringBuilder text = new StringBuilder(draw.yaml.getOrDefault("", ""));
        text.append("blocks:\n  - feed: rendez_vous\n    columns:\n");
        draw.yaml.forEach((column, value) -> {
            if (!column.isEmpty()) {
                text.append("      ").append(column).append(": ").append(value).append('\n');
            }
        });
        return text.toString();
    }
}
