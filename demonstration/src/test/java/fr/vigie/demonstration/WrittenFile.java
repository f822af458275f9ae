package fr.vigie.demonstration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A written file read back with nothing of the generator: split on semicolons, no field of it is quoted. */
record WrittenFile(List<String> header, List<String> lines) {

    /** The values of a line, by column. */
    record Row(Map<String, String> values) {

        String at(String column) {
            String value = values.get(column);
            if (value == null) {
                throw new IllegalArgumentException("no column " + column + " among " + values.keySet());
            }
            return value;
        }
    }

    static WrittenFile read(Path folder, String name) throws IOException {
        List<String> all = Files.readAllLines(folder.resolve(name));
        return new WrittenFile(Arrays.asList(all.get(0).split(";")), all.subList(1, all.size()));
    }

    List<Row> rows() {
        return lines.stream().map(this::row).toList();
    }

    Row row(String line) {
        String[] values = line.split(";", -1);
        Map<String, String> row = new LinkedHashMap<>();
        for (int index = 0; index < header.size(); index++) {
            row.put(header.get(index), values[index]);
        }
        return new Row(row);
    }

    /** The moment of {@code dd/MM/yyyy} or {@code dd/MM/yyyy HH:mm}; nothing for anything else. */
    static Optional<LocalDateTime> moment(String text) {
        if (!text.matches("\\d\\d/\\d\\d/\\d{4}( \\d\\d:\\d\\d)?")) {
            return Optional.empty();
        }
        try {
            LocalDate day = LocalDate.of(
                    Integer.parseInt(text.substring(6, 10)),
                    Integer.parseInt(text.substring(3, 5)),
                    Integer.parseInt(text.substring(0, 2)));
            return Optional.of(
                    text.length() == 10
                            ? day.atStartOfDay()
                            : day.atTime(
                                    Integer.parseInt(text.substring(11, 13)), Integer.parseInt(text.substring(14))));
        } catch (DateTimeException impossible) {
            return Optional.empty();
        }
    }
}
