package fr.vigie.schema;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A list of deliveries as CSV ({@code ;}, one header): read and written line by line, however long the instance has lived. */
final class DeliveryFile {

    private static final List<String> COLUMNS = List.of(
            "id",
            "feed",
            "source",
            "rank",
            "complete_until",
            "replaces",
            "replaced_from",
            "replaced_until",
            "staged",
            "lines_read",
            "lines_rejected");

    private DeliveryFile() {}

    static void write(Path file, List<Delivery> deliveries) throws IOException {
        try (CsvWriter out = CsvWriter.builder().fieldSeparator(';').build(file)) {
            out.writeRecord(COLUMNS);
            for (Delivery delivery : deliveries) {
                out.writeRecord(
                        delivery.id(),
                        delivery.feed(),
                        delivery.source(),
                        String.valueOf(delivery.rank()),
                        text(delivery.completeUntil()),
                        String.valueOf(delivery.replaced().isPresent()),
                        text(delivery.replaced().flatMap(Delivery.Replacement::from)),
                        text(delivery.replaced().flatMap(Delivery.Replacement::until)),
                        delivery.staged().orElse(""),
                        String.valueOf(delivery.linesRead()),
                        String.valueOf(delivery.linesRejected()));
            }
        }
    }

    static List<Delivery> read(Path file) throws IOException {
        List<Delivery> deliveries = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> lines =
                CsvReader.builder().fieldSeparator(';').ofNamedCsvRecord(file)) {
            for (NamedCsvRecord line : lines) {
                deliveries.add(new Delivery(
                        line.getField("id"),
                        line.getField("feed"),
                        line.getField("source"),
                        Long.parseLong(line.getField("rank")),
                        day(line, "complete_until"),
                        Boolean.parseBoolean(line.getField("replaces"))
                                ? Optional.of(new Delivery.Replacement(
                                        day(line, "replaced_from"), day(line, "replaced_until")))
                                : Optional.empty(),
                        given(line, "staged"),
                        Long.parseLong(line.getField("lines_read")),
                        Long.parseLong(line.getField("lines_rejected"))));
            }
        }
        return deliveries;
    }

    private static String text(Optional<LocalDate> day) {
        return day.map(LocalDate::toString).orElse("");
    }

    private static Optional<String> given(NamedCsvRecord line, String column) {
        return Optional.of(line.getField(column)).filter(text -> !text.isEmpty());
    }

    private static Optional<LocalDate> day(NamedCsvRecord line, String column) {
        return given(line, column).map(LocalDate::parse);
    }
}
