package fr.vigie.dashboards;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The files of {@code dashboards/reports}, packaged with the code that reads them. */
final class Resource {

    private Resource() {}

    static String text(String name) {
        try (InputStream stream = Resource.class.getResourceAsStream("/reports/" + name)) {
            if (stream == null) {
                throw new IllegalStateException(
                        "reports/" + name + " is not on the class path: build dashboards again.");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Tab-separated lines, without those that start with a hash. */
    static List<List<String>> rows(String name) {
        return text(name)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> List.of(line.split("\t")))
                .toList();
    }
}
