package fr.vigie.batch.registre;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import fr.vigie.batch.TestDatabase;
import fr.vigie.batch.instance.InstanceHome;
import fr.vigie.schema.Delivery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

class LedgerIT {

    private static final String CROSS_LINE = "livraison;ligne;colonne;niveau;code;message;valeur\n";

    @TempDir
    private Path folder;

    private TestDatabase fresh;
    private JdbcClient jdbc;
    private Ledger ledger;

    LedgerIT() throws SQLException {
        fresh = TestDatabase.fresh();
        jdbc = fresh.open(new InstanceHome(Path.of("target"))).reader();
        ledger = new Ledger(jdbc);
    }

    @BeforeEach
    void write() {
        write(entry("a", "rendez_vous", 20_000, 2), Optional.empty());
    }

    @AfterEach
    void close() throws SQLException {
        fresh.close();
    }

    @Test
    void givesBackWhatWasWritten() {
        Entry complete = new Entry(
                "b",
                "a.zip!/b.csv",
                "patients",
                "DOCTOLIEN",
                "0123",
                7,
                Optional.of(LocalDate.of(2026, 2, 28)),
                Optional.of(new Delivery.Replacement(Optional.of(LocalDate.of(2026, 1, 1)), Optional.empty())),
                10,
                1,
                2,
                3,
                4,
                "CHARGE",
                Optional.of("motif"));

        write(complete, Optional.empty());

        assertEquals(complete, told("b"));
    }

    @Test
    void keepsEveryRejectOfALargeFileWithItsTextAsItIs() throws IOException {
        String rows = IntStream.rangeClosed(2, 12_001)
                .mapToObj(line -> line + ";;A;COMMUNE_INCONNUE;\"Commune inconnue ; vérifiez \"\"34301\"\"\";34999")
                .collect(Collectors.joining("\n"));
        Path file =
                Files.writeString(folder.resolve("rejets.csv"), "ligne;colonne;niveau;code;message;valeur\n" + rows);

        write(entry("b", "patients", 12_000, 0), Optional.of(file));

        assertEquals(12_000L, count("SELECT count(*) FROM registre.rejet WHERE livraison = 'b'"));
        assertEquals(
                12_000L,
                count("SELECT count(*) FROM registre.rejet WHERE message = 'Commune inconnue ; vérifiez \"34301\"'"
                        + " AND colonne IS NULL AND valeur = '34999' AND NOT entre_lignes"));
    }

    @Test
    void whatIsFoundAcrossLinesReplacesWhatWasFoundBefore() throws IOException {
        ledger.writeCrossLineProblems(
                List.of("a"),
                Files.writeString(
                        folder.resolve("r1.csv"), CROSS_LINE + "a;5;x;E;CYCLE;Boucle;R5\na;6;x;E;CYCLE;Boucle;R6\n"));
        assertEquals(4, told("a").rejected());

        ledger.writeCrossLineProblems(
                List.of(),
                Files.writeString(
                        folder.resolve("r2.csv"),
                        CROSS_LINE + "a;6;x;E;CYCLE;Boucle;R6\ninconnue;9;x;E;CYCLE;Boucle;R9\n"));

        // Two at the door, one across lines; the delivery that the ledger does not know is left aside.
        assertEquals(3, told("a").rejected());
        assertEquals(1L, count("SELECT count(*) FROM registre.rejet"));
    }

    @Test
    void whatIsWithdrawnOrRefusedKeepsWhatWasToldOfIt() throws IOException {
        write(entry("b", "rendez_vous", 10, 0), Optional.empty());
        write(entry("c", "rendez_vous", 10, 0), Optional.empty());
        ledger.writeCrossLineProblems(
                List.of("a", "b", "c"),
                Files.writeString(
                        folder.resolve("r1.csv"),
                        CROSS_LINE + "a;5;x;E;CYCLE;Boucle;\nb;5;x;E;CYCLE;Boucle;\nb;6;x;A;INCONNU;Inconnu;\n"
                                + "c;5;x;E;CYCLE;Boucle;\n"));
        jdbc.sql("UPDATE registre.livraison SET statut = 'REFUSE', rejetees = lues WHERE id = 'c'")
                .update();
        ledger.withdraw("b");

        ledger.writeCrossLineProblems(List.of(), Files.writeString(folder.resolve("r2.csv"), CROSS_LINE));

        assertEquals(2, told("a").rejected());
        assertEquals(1, told("b").rejected());
        assertEquals(1, told("b").warnings());
        assertEquals(10, told("c").rejected());
        assertEquals(
                List.of("b 5", "b 6", "c 5"),
                jdbc.sql("SELECT livraison || ' ' || ligne FROM registre.rejet ORDER BY 1")
                        .query(String.class)
                        .list());
    }

    @Test
    void whatOneLoadBringsIsWrittenTogetherEachFileWithItsRejects() throws IOException {
        write(refusal("r1"), Optional.of(rejects("r1.csv", 2, 3)));
        write(entry("b", "patients", 10, 0), Optional.of(rejects("b1.csv", 4)));

        ledger.write(List.of(
                new Ledger.Received(entry("b", "patients", 20, 0), Optional.of(rejects("b2.csv", 5))),
                new Ledger.Received(entry("c", "patients", 30, 0), Optional.of(rejects("c.csv", 6, 7))),
                new Ledger.Received(refusal("r2"), Optional.of(rejects("r2.csv", 8))),
                new Ledger.Received(entry("c", "patients", 31, 0), Optional.of(rejects("c2.csv", 9))),
                new Ledger.Received(entry("d", "patients", 40, 0), Optional.empty())));

        // The refusal of the same file under another id is replaced, and so is the former entry of an id with its
        // rejects.
        assertEquals(
                List.of("a", "b", "c", "d", "r2"),
                ledger.entries().stream().map(Entry::id).sorted().toList());
        assertEquals(List.of(20L, 31L), List.of(told("b").read(), told("c").read()));
        assertEquals(
                List.of("b 5 f", "c 9 f", "r2 8 f"),
                jdbc.sql(
                                "SELECT livraison || ' ' || ligne || ' ' || left(entre_lignes::text, 1) FROM registre.rejet ORDER BY 1")
                        .query(String.class)
                        .list());
    }

    /** More than PostgreSQL takes parameters: an instance made again from the files of years. */
    @Test
    void asManyFilesAsYearsBringMayArriveAtOnce() throws IOException {
        ledger.writeCrossLineProblems(
                List.of("a"), Files.writeString(folder.resolve("r1.csv"), CROSS_LINE + "a;5;x;A;INCONNU;Inconnu;\n"));
        List<String> arrived = new ArrayList<>(
                IntStream.range(0, 70_000).mapToObj(number -> "f" + number).toList());
        arrived.add("a");

        ledger.writeCrossLineProblems(
                arrived, Files.writeString(folder.resolve("r2.csv"), CROSS_LINE + "a;6;x;A;INCONNU;Inconnu;\n"));

        assertEquals(1, told("a").warnings());
        assertEquals(
                List.of(6L),
                jdbc.sql("SELECT ligne FROM registre.rejet").query(Long.class).list());
    }

    @Test
    void aValueFoundAcrossLinesIsNeverKept() throws IOException {
        ledger.writeCrossLineProblems(
                List.of("a"),
                Files.writeString(
                        folder.resolve("r.csv"), CROSS_LINE + "a;5;patient_id;A;PATIENT_INCONNU;Inconnu;P5\n"));

        assertEquals(1L, count("SELECT count(*) FROM registre.rejet WHERE valeur IS NULL AND niveau = 'A'"));
        assertEquals(1, told("a").warnings());
    }

    @Test
    void completenessOnlyAdvances() {
        ledger.advance("a", LocalDate.of(2026, 1, 31));
        assertEquals(Optional.of(LocalDate.of(2026, 2, 28)), told("a").completeUntil());

        ledger.advance("a", LocalDate.of(2026, 3, 31));
        assertEquals(Optional.of(LocalDate.of(2026, 3, 31)), told("a").completeUntil());
    }

    @Test
    void whatIsRefusedOrWithdrawnDoesNotCount() {
        Entry refused = entry("b", "patients", 3, 3);
        write(
                new Entry(
                        "b",
                        refused.file(),
                        "patients",
                        "",
                        "",
                        1,
                        Optional.empty(),
                        Optional.empty(),
                        3,
                        3,
                        3,
                        0,
                        0,
                        "REFUSE",
                        Optional.of("vide")),
                Optional.empty());
        assertEquals(List.of("a"), ledger.counting().stream().map(Entry::id).toList());

        ledger.withdraw("a");

        assertEquals(List.of(), ledger.counting());
        assertEquals(2, ledger.entries().size());
    }

    private void write(Entry entry, Optional<Path> rejects) {
        ledger.write(List.of(new Ledger.Received(entry, rejects)));
    }

    private Entry told(String id) {
        return requireNonNull(ledger.entries(List.of(id)).get(id));
    }

    private Path rejects(String name, int... lines) throws IOException {
        return Files.writeString(
                folder.resolve(name),
                "ligne;colonne;niveau;code;message;valeur\n"
                        + IntStream.of(lines)
                                .mapToObj(line -> line + ";;E;X;Message;\n")
                                .collect(Collectors.joining()));
    }

    private long count(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }

    private static Entry refusal(String id) {
        return new Entry(
                id,
                "refuse.csv",
                "patients",
                "",
                "0123",
                1,
                Optional.empty(),
                Optional.empty(),
                3,
                3,
                3,
                0,
                0,
                "REFUSE",
                Optional.of("motif"));
    }

    private static Entry entry(String id, String feed, long read, long rejected) {
        return new Entry(
                id,
                id + ".csv",
                feed,
                "",
                "",
                1,
                Optional.of(LocalDate.of(2026, 2, 28)),
                Optional.empty(),
                read,
                rejected,
                rejected,
                0,
                0,
                "CHARGE",
                Optional.empty());
    }
}
