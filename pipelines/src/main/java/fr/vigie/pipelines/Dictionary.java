package fr.vigie.pipelines;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Small integers for what values are published under, one series for a whole run: millions of rows name their territory by four bytes. */
final class Dictionary {

    private final int keyCells;
    private final Map<List<String>, Integer> codes = new LinkedHashMap<>();
    private final Map<Integer, List<String>> entries = new LinkedHashMap<>();

    /** The first {@code keyCells} cells of an entry tell it from the others; the rest describes it. */
    Dictionary(int keyCells) {
        this.keyCells = keyCells;
    }

    int code(String... cells) {
        List<String> entry = Arrays.asList(cells);
        return codes.computeIfAbsent(List.copyOf(entry.subList(0, keyCells)), none -> {
            entries.put(codes.size(), entry);
            return codes.size();
        });
    }

    /** CSV without header: the cells alone, as they are. */
    void writeKeys(Path file) {
        try {
            Files.write(
                    file,
                    entries.values().stream()
                            .map(cells -> String.join(";", cells))
                            .toList());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** CSV without header: the code, then the cells, quoted. */
    void write(Path file) {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (Map.Entry<Integer, List<String>> entry : entries.entrySet()) {
                out.write(entry.getKey().toString());
                for (String cell : entry.getValue()) {
                    out.write(";\"" + cell.replace("\"", "\"\"") + "\"");
                }
                out.write('\n');
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
