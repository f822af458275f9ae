package fr.vigie.schema;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The rows of one of the reference files that ship with the product, which quote nothing. */
final class ReferenceRows {

    private ReferenceRows() {}

    /** @param name of the file, without folder nor extension */
    static List<List<String>> of(String name) {
        String path = "reference/" + name + ".csv.gz";
        try (InputStream stream = ReferenceRows.class.getClassLoader().getResourceAsStream(path)) {
            if (stream == null) {
                throw new IllegalStateException("class path file missing: " + path);
            }
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(new GZIPInputStream(stream), StandardCharsets.UTF_8));
            return lines.lines()
                    .skip(1)
                    .map(line -> List.of(line.split(";", -1)))
                    .toList();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
