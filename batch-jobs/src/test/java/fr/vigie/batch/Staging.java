package fr.vigie.batch;

import fr.vigie.schema.WorkerResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a worker leaves in the exchange folder, from rows that a reader would see. */
public final class Staging {

    private final Map<String, Integer> lines = new LinkedHashMap<>();
    private final Map<String, Integer> territories = new LinkedHashMap<>();
    private final Map<String, Integer> periods = new LinkedHashMap<>();
    private final Map<String, Integer> steps = new LinkedHashMap<>();

    private Staging() {}

    /**
     * @param values rows of {@code WorkerResult.VALUE_COLUMNS}, unquoted, one part file each list
     * @param funnel {@code indicateur;territoire_type;territoire_code;periode;etape;motif;effectif}
     * @param territories {@code territoire_type;territoire_code;libelle}, beside those of the values
     */
    public static void write(Path exchange, List<List<String>> values, List<String> funnel, List<String> territories)
            throws IOException {
        Staging staging = new Staging();
        Path measures = Files.createDirectories(exchange.resolve(WorkerResult.MEASURES));
        for (int part = 0; part < values.size(); part++) {
            List<String> rows = new ArrayList<>();
            for (String value : values.get(part)) {
                rows.add(staging.measure(value.split(";", -1)));
            }
            Files.write(measures.resolve("part-" + part), rows);
        }
        for (String territory : territories) {
            String[] cells = territory.split(";", -1);
            staging.territory(cells[0], cells[1], cells[2]);
        }
        List<String> counts = new ArrayList<>();
        for (String row : funnel) {
            String[] cells = row.split(";", -1);
            counts.add(code(staging.steps, cells[0], cells[4], cells[5]) + ";"
                    + staging.territory(cells[1], cells[2], "Nom de " + cells[2]) + ";"
                    + code(staging.periods, cells[3]) + ";" + cells[6]);
        }
        Files.write(
                Files.createDirectories(exchange.resolve(WorkerResult.STEP_COUNTS))
                        .resolve("part-0"),
                counts);
        codes(exchange.resolve(WorkerResult.LINES), staging.lines);
        codes(exchange.resolve(WorkerResult.TERRITORIES), staging.territories);
        codes(exchange.resolve(WorkerResult.PERIODS), staging.periods);
        codes(exchange.resolve(WorkerResult.STEPS), staging.steps);
        // Each territory answers for itself.
        Files.write(
                exchange.resolve(WorkerResult.SCOPES),
                staging.territories.values().stream()
                        .map(one -> one + ";" + one)
                        .toList());
    }

    private String measure(String[] cells) {
        return code(lines, cells[0], cells[1], cells[12], cells[6]) + ";"
                + territory(cells[2], cells[3], cells[4])
                + ";" + code(periods, cells[5]) + ";"
                + String.join(";", cells[7], cells[8], cells[9], cells[10], cells[11], cells[13], cells[14]);
    }

    private int territory(String type, String code, String label) {
        String start = "\"" + type + "\";\"" + code + "\"";
        return territories.entrySet().stream()
                .filter(one -> one.getKey().startsWith(start))
                .findFirst()
                .map(Map.Entry::getValue)
                .orElseGet(() -> code(territories, type, code, label));
    }

    private static int code(Map<String, Integer> codes, String... cells) {
        return codes.computeIfAbsent("\"" + String.join("\";\"", cells) + "\"", none -> codes.size());
    }

    private static void codes(Path file, Map<String, Integer> codes) throws IOException {
        Files.write(
                file,
                codes.entrySet().stream()
                        .map(one -> one.getValue() + ";" + one.getKey())
                        .toList());
    }
}
