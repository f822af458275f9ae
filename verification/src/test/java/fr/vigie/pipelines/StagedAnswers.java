package fr.vigie.pipelines;

import static java.util.Objects.requireNonNull;

import fr.vigie.schema.WorkerResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** What the worker stages, as texts that two engines can compare: its keys are those of {@link OracleAnswers}. */
final class StagedAnswers {

    private StagedAnswers() {}

    /** @param value text of the cells of a line and of a measure */
    static Map<String, String> read(Path exchange, BiFunction<String[], String[], String> value) throws IOException {
        Map<String, String> answers = new TreeMap<>();
        Map<String, String[]> lines = named(exchange, WorkerResult.LINES);
        Map<String, String[]> territories = named(exchange, WorkerResult.TERRITORIES);
        Map<String, String[]> periods = named(exchange, WorkerResult.PERIODS);
        Map<String, String[]> steps = named(exchange, WorkerResult.STEPS);
        for (String[] row : rows(exchange.resolve(WorkerResult.MEASURES))) {
            String[] line = requireNonNull(lines.get(row[0]));
            String[] territory = requireNonNull(territories.get(row[1]));
            answers.put(
                    line[1] + " " + territory[1] + ":" + territory[2] + " " + requireNonNull(periods.get(row[2]))[1]
                            + " [" + line[4] + "]",
                    value.apply(line, row));
        }
        for (String[] row : rows(exchange.resolve(WorkerResult.STEP_COUNTS))) {
            String[] step = requireNonNull(steps.get(row[0]));
            String[] territory = requireNonNull(territories.get(row[1]));
            if (List.of("EN_COURS", "INDETERMINE", "HORS_POPULATION", "EXCLU").contains(step[2])) {
                answers.put(
                        step[1] + " " + territory[1] + ":" + territory[2] + " " + requireNonNull(periods.get(row[2]))[1]
                                + " " + step[2] + ":" + step[3],
                        row[3]);
            }
        }
        return answers;
    }

    /** What codes stand for, the code first. */
    private static Map<String, String[]> named(Path exchange, String file) throws IOException {
        Map<String, String[]> named = new TreeMap<>();
        for (String line : Files.readAllLines(exchange.resolve(file))) {
            String[] cells = line.replace("\"", "").split(";", -1);
            named.put(cells[0], cells);
        }
        return named;
    }

    private static List<String[]> rows(Path parts) throws IOException {
        List<String[]> rows = new ArrayList<>();
        try (Stream<Path> files = Files.list(parts)) {
            for (Path file : (Iterable<Path>)
                    files.filter(one -> one.getFileName().toString().startsWith("part-"))::iterator) {
                for (String line : Files.readAllLines(file)) {
                    rows.add(line.split(";", -1));
                }
            }
        }
        return rows;
    }
}
