package fr.vigie.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerRequestTest {

    @TempDir
    Path folder;

    @Test
    void whatIsAskedIsReadBackAsItWasWritten() throws IOException {
        LocalDate day = LocalDate.of(2026, 2, 28);
        WorkerRequest request = new WorkerRequest(
                "/lac d’été",
                "/echange",
                List.of(
                        new Delivery(
                                "a", "patients", "", 1, Optional.empty(), Optional.empty(), Optional.empty(), 3, 1),
                        new Delivery(
                                "b",
                                "rendez_vous",
                                "Cabinet « A »;\"B\"\nn° 2",
                                7,
                                Optional.of(day),
                                Optional.of(new Delivery.Replacement(Optional.of(day.minusDays(27)), Optional.empty())),
                                Optional.of("/a b/b.csv"),
                                10,
                                0),
                        // Complete, of everything: not the same as a delta.
                        new Delivery(
                                "c",
                                "evenements",
                                "S",
                                8,
                                Optional.of(day),
                                Optional.of(new Delivery.Replacement(Optional.empty(), Optional.empty())),
                                Optional.empty(),
                                1,
                                0)),
                Optional.of(new WorkerRequest.Refresh(
                        Instant.parse("2026-02-28T23:00:00Z"),
                        12,
                        true,
                        false,
                        Optional.of("/definitions"),
                        Map.of("CAD-01", Instant.parse("2026-02-27T23:00:00Z")))));
        request.write(folder.resolve("request.yaml"));
        assertEquals(request, WorkerRequest.read(folder.resolve("request.yaml")));
    }

    /** Fifty files a day for five years and more: the YAML reader refused some nineteen thousand. */
    @Test
    void aHundredThousandDeliveriesAreAFewBytesOfYaml() throws IOException {
        List<Delivery> deliveries = IntStream.range(0, 100_000)
                .mapToObj(number -> new Delivery(
                        String.format("%032x", number),
                        "rendez_vous",
                        "S" + number % 40,
                        number / 50,
                        Optional.of(LocalDate.of(2021, 1, 1).plusDays(number / 50)),
                        Optional.empty(),
                        Optional.empty(),
                        20,
                        0))
                .toList();
        WorkerRequest request = new WorkerRequest("/lac", "/echange", deliveries, Optional.empty());
        Path file = folder.resolve("request.yaml");
        request.write(file);
        assertTrue(Files.size(file) < 1_000, Files.size(file) + " bytes");
        assertEquals(request, WorkerRequest.read(file));
    }
}
