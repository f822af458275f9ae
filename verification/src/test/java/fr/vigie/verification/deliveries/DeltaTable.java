package fr.vigie.verification.deliveries;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The data files of the current version of a Delta table, from its log. */
final class DeltaTable {

    private DeltaTable() {}

    /** Nothing where there is no table. */
    static List<Path> files(Path table) throws IOException {
        Path log = table.resolve("_delta_log");
        if (!Files.exists(log)) {
            return List.of();
        }
        Set<String> live = new TreeSet<>();
        try (Stream<Path> commits = Files.list(log)) {
            for (Path commit : commits.filter(
                            file -> file.getFileName().toString().matches("\\d{20}\\.json"))
                    .sorted()
                    .toList()) {
                for (String line : Files.readAllLines(commit)) {
                    JsonNode action = new ObjectMapper().readTree(line);
                    if (action.has("add")) {
                        live.add(action.get("add").get("path").asText());
                    } else if (action.has("remove")) {
                        live.remove(action.get("remove").get("path").asText());
                    }
                }
            }
        }
        return live.stream().map(table::resolve).toList();
    }
}
