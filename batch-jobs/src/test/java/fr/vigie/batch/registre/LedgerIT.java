package fr.vigie.batch.registre;

import static org.junit.jupiter.api.Assertions.assertEquals;

import fr.vigie.batch.TestDatabase;
import fr.vigie.batch.instance.InstanceHome;
import fr.vigie.schema.Delivery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
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
        ledger.write(entry("a", "rendez_vous", 20_000, 2), Optional.empty());
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

        ledger.write(complete, Optional.empty());

        assertEquals(Optional.of(complete), ledger.entry("b"));
    }

    @Test
    void keepsEveryRejectOfALargeFileWithItsTextAsItIs() throws IOException {
        String rows = IntStream.rangeClosed(2, 12_001)
                .mapToObj(line -> line + ";;A;COMMUNE_INCONNUE;\"Commune inconnue ; vérifiez \"\"34301\"\"\";34999")
                .collect(Collectors.joining("\n"));
        Path file =
                Files.writeString(folder.resolve("rejets.csv"), "ligne;colonne;niveau;code;message;valeur\n" + rows);

        ledger.write(entry("b", "patients", 12_000, 0), Optional.of(file));

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
        assertEquals(4, ledger.entry("a").orElseThrow().rejected());

        ledger.writeCrossLineProblems(
                List.of(),
                Files.writeString(
                        folder.resolve("r2.csv"),
                        CROSS_LINE + "a;6;x;E;CYCLE;Boucle;R6\ninconnue;9;x;E;CYCLE;Boucle;R9\n"));

        // Two at the door, one across lines; the delivery that the ledger does not know is left aside.
        assertEquals(3, ledger.entry("a").orElseThrow().rejected());
        assertEquals(1L, count("SELECT count(*) FROM registre.rejet"));
    }

    @Test
    void whatIsWithdrawnOrRefusedKeepsWhatWasToldOfIt() throws IOException {
        ledger.write(entry("b", "rendez_vous", 10, 0), Optional.empty());
        ledger.write(entry("c", "rendez_vous", 10, 0), Optional.empty());
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

        assertEquals(2, ledger.entry("a").orElseThrow().rejected());
        assertEquals(1, ledger.entry("b").orElseThrow().rejected());
        assertEquals(1, ledger.entry("b").orElseThrow().warnings());
        assertEquals(10, ledger.entry("c").orElseThrow().rejected());
        assertEquals(
                List.of("b 5", "b 6", "c 5"),
                jdbc.sql("SELECT livraison || ' ' || ligne FROM registre.rejet ORDER BY 1")
                        .query(String.class)
                        .list());
    }

    @Test
    void aValueFoundAcrossLinesIsNeverKept() throws IOException {
        ledger.writeCrossLineProblems(
                List.of("a"),
                Files.writeString(
                        folder.resolve("r.csv"), CROSS_LINE + "a;5;patient_id;A;PATIENT_INCONNU;Inconnu;P5\n"));

        assertEquals(1L, count("SELECT count(*) FROM registre.rejet WHERE valeur IS NULL AND niveau = 'A'"));
        assertEquals(1, ledger.entry("a").orElseThrow().warnings());
    }

    @Test
    void completenessOnlyAdvances() {
        ledger.advance("a", LocalDate.of(2026, 1, 31));
        assertEquals(
                Optional.of(LocalDate.of(2026, 2, 28)),
                ledger.entry("a").orElseThrow().completeUntil());

        ledger.advance("a", LocalDate.of(2026, 3, 31));
        assertEquals(
                Optional.of(LocalDate.of(2026, 3, 31)),
                ledger.entry("a").orElseThrow().completeUntil());
    }

    @Test
    void whatIsRefusedOrWithdrawnDoesNotCount() {
        Entry refused = entry("b", "patients", 3, 3);
        ledger.write(
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

    private long count(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
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
