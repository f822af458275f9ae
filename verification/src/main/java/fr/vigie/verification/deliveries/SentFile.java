package fr.vigie.verification.deliveries;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file as it is sent.
 *
 * @param name as {@code load} prints it, {@code archive.zip!/name} in an archive
 * @param source the one that its manifest names, or none
 * @param complete the period of a complete delivery
 * @param lacksColumn whether a mandatory column is missing, for which the door refuses the file
 */
record SentFile(
        String name,
        Shape shape,
        String source,
        LocalDate completeTo,
        Optional<Days> complete,
        boolean lacksColumn,
        List<SentLine> lines) {

    /** Days, both included; without a bound where it is absent. */
    record Days(@Nullable LocalDate from, @Nullable LocalDate until) {

        boolean hold(LocalDate day) {
            return (from == null || !day.isBefore(from)) && (until == null || !day.isAfter(until));
        }
    }

    SentFile {
        lines = List.copyOf(lines);
    }

    String text() {
        StringBuilder text = new StringBuilder(lacksColumn ? shape.headerWithoutMandatory() : shape.header());
        lines.forEach(line -> text.append('\n').append(shape.row(line)));
        return text.append('\n').toString();
    }

    String manifest() {
        StringBuilder manifest = new StringBuilder("flux: " + shape.feed() + "\ndate_completude: " + completeTo + "\n");
        if (!source.isEmpty()) {
            manifest.append("source: ").append(source).append('\n');
        }
        complete.ifPresent(days -> {
            manifest.append("mode: COMPLET\n");
            if (days.from() != null) {
                manifest.append("periode_debut: ").append(days.from()).append('\n');
            }
            if (days.until() != null) {
                manifest.append("periode_fin: ").append(days.until()).append('\n');
            }
        });
        return manifest.toString();
    }
}
