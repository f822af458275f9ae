package fr.vigie.pipelines;

import fr.vigie.schema.Delivery;
import fr.vigie.schema.FeedColumn;
import fr.vigie.schema.FeedContract;
import fr.vigie.verification.oracle.CurrentRows;
import fr.vigie.verification.oracle.SilverRow;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** Rows of a world as the files that the door would have staged: the worker's own way in, from the first table on. */
final class StagedWorld {

    private StagedWorld() {}

    /** One staged file per feed and, for feeds whose source is that of the file, per source. */
    static List<Delivery> write(CurrentRows world, Path folder) throws IOException {
        Files.createDirectories(folder);
        List<Delivery> deliveries = new ArrayList<>();
        for (FeedContract contract : FeedContract.all().values()) {
            boolean hasSource = contract.column("source").isPresent();
            Map<String, List<SilverRow>> bySource = new TreeMap<>();
            for (SilverRow row : world.rows(contract.feed())) {
                String source = hasSource ? "" : String.valueOf(row.values().getOrDefault("source", ""));
                bySource.computeIfAbsent(source, none -> new ArrayList<>()).add(row);
            }
            for (Map.Entry<String, List<SilverRow>> one : bySource.entrySet()) {
                deliveries.add(write(contract, one.getKey(), one.getValue(), folder));
            }
        }
        return deliveries;
    }

    private static Delivery write(FeedContract contract, String source, List<SilverRow> rows, Path folder)
            throws IOException {
        String id = UUID.nameUUIDFromBytes((folder + contract.feed() + source).getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
        Path file = folder.resolve(id + ".csv");
        List<String> columns = contract.columns().stream()
                .map(FeedColumn::storedNames)
                .flatMap(List::stream)
                .toList();
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("_ligne;" + String.join(";", columns) + "\n");
            int line = 2;
            for (SilverRow row : rows) {
                out.write(line++ + ";"
                        + columns.stream().map(column -> cell(row, column)).collect(Collectors.joining(";")) + "\n");
            }
        }
        return new Delivery(
                id,
                contract.feed(),
                source,
                1,
                Optional.empty(),
                Optional.empty(),
                Optional.of(file.toString()),
                rows.size(),
                0);
    }

    private static String cell(SilverRow row, String column) {
        Object value = row.values().get(column);
        if (value == null) {
            return "";
        }
        if (value instanceof List<?> list) {
            return list.stream().map(String::valueOf).collect(Collectors.joining("|"));
        }
        return "\"" + value.toString().replace("\"", "\"\"") + "\"";
    }
}
