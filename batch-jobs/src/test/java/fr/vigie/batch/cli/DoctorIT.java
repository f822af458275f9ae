package fr.vigie.batch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code vigie doctor} sees of an instance that has been loaded: each illness alone, and none of them first. */
class DoctorIT {

    @TempDir
    private Path folder;

    private FakeInstance vigie;

    @BeforeEach
    void load() throws IOException, SQLException {
        vigie = FakeInstance.in(folder);
        Screen loaded = load("rendez_vous.csv", 3);
        assertEquals(0, loaded.code(), loaded.err());
    }

    @AfterEach
    void stop() throws SQLException {
        vigie.close();
    }

    @Test
    void nothingIsWrongButThatNoBackupIsNoted() {
        String said = doctor();
        for (String control :
                List.of("clé", "lac", "version", "format", "horloge", "exécution", "écriture", "sources")) {
            assertEquals("OK", state(control, said));
        }
        assertEquals("MANQUE;aucune n’est notée", state("sauvegarde", said));
    }

    @Test
    void aBackupGetsOldAfterEightDays() throws IOException {
        Path note = Files.createFile(vigie.home().root().resolve("derniere-sauvegarde"));
        assertEquals("OK", state("sauvegarde"));
        Files.setLastModifiedTime(note, FileTime.from(Instant.now().minus(Duration.ofDays(7))));
        assertEquals("OK", state("sauvegarde"));
        Files.setLastModifiedTime(note, FileTime.from(Instant.now().minus(Duration.ofDays(9))));
        assertStarts("MANQUE;dernière", state("sauvegarde"));
    }

    @Test
    void aKeyThatIsGoneIsToldAndNoOtherIsDrawn() throws IOException {
        byte[] key = Files.readAllBytes(vigie.home().key());
        Files.delete(vigie.home().key());

        assertEquals("MANQUE;absente", state("clé"));
        Screen refused = load("rendez_vous-2.csv", 4);
        assertEquals(1, refused.code());
        assertTrue(refused.err().contains("La clé des pseudonymes de cette instance manque"), refused.err());
        assertFalse(Files.exists(vigie.home().key()));

        Files.write(vigie.home().key(), key);
        assertEquals("OK", state("clé"));
    }

    @Test
    void theKeyOfAnotherInstanceIsTold() throws IOException {
        Files.writeString(vigie.home().key(), "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
        assertEquals("MANQUE;celle d’une autre instance", state("clé"));
        Files.writeString(vigie.home().key(), "AAAA");
        assertEquals("MANQUE;illisible ou abîmée", state("clé"));
    }

    @Test
    void aLakeRestoredFromAnOlderCopyThanItsDatabaseIsToldAndNothingIsComputedFromIt() throws IOException {
        Path mark = vigie.home().lake().resolve("_derniere-execution");
        String older = Files.readString(mark);
        assertEquals(0, load("rendez_vous-2.csv", 4).code());
        String later = Files.readString(mark);
        Files.writeString(mark, older);

        assertEquals("MANQUE;plus ancien que la base", state("lac"));
        Screen refused = load("rendez_vous-3.csv", 5);
        assertEquals(1, refused.code());
        assertTrue(refused.err().contains("Le lac est plus ancien que la base"), refused.err());

        // Ahead of its database it is set right by the next run.
        Files.writeString(mark, "999999");
        assertEquals("OK", state("lac"));
        Files.writeString(mark, later);
        assertEquals(0, load("rendez_vous-3.csv", 5).code());
    }

    private Screen load(String name, int lines) throws IOException {
        return vigie.call("load", vigie.rendezVous(name, lines).toString(), "--complete-to", "2026-02-28");
    }

    @Test
    void aRunThatWasKilledIsNamed() {
        vigie.jdbc()
                .sql("INSERT INTO registre.execution (commande) VALUES ('load depot')")
                .update();
        assertEquals("MANQUE;interrompue\u202f: vigie load depot", state("exécution"));
    }

    @Test
    void aClockThatIsBehindWhatIsNotedIsTold() {
        vigie.jdbc()
                .sql("UPDATE registre.execution SET fin = now() + interval '1 day'")
                .update();
        assertStarts("MANQUE;une exécution est notée le ", state("horloge"));
    }

    @Test
    void anInstanceOfALaterVersionIsTold() {
        vigie.jdbc()
                .sql(
                        "INSERT INTO registre.flyway (installed_rank, version, description, type, script, installed_by, execution_time, success)"
                                + " VALUES (9999, '9999', 'later', 'SQL', 'V9999__later.sql', 'somebody', 1, true)")
                .update();
        assertStarts("MANQUE;", state("version"));
    }

    @Test
    void aHomeThatALaterVersionLaidOutIsToldWithTheRemedyOfTheCommandThatRefusesIt() throws IOException {
        Path format = vigie.home().root().resolve("format");
        Files.writeString(format, "3\n");

        Screen doctor = vigie.call("doctor", "--format", "csv");
        assertEquals(1, doctor.code());
        assertEquals(
                "MANQUE;format 3, d’une version plus récente de Vigie (celle-ci connaît le format 2)",
                state("format", doctor.out()));
        String remedy = "utilisez cette version-là, ou une sauvegarde de l’instance faite avant la mise à niveau";
        assertTrue(doctor.out().contains(remedy), doctor.out());
        Screen refused = load("rendez_vous-2.csv", 4);
        assertEquals(1, refused.code());
        assertTrue(refused.err().contains(remedy), refused.err());
        assertEquals("3\n", Files.readString(format));
    }

    @Test
    void aSourceThatStaysBehindTheOthersIsNamedUntilItIsClosed() throws IOException {
        String later = vigie.rendezVous("rendez_vous-sas.csv", 5).toString();
        // 31 days after 28 February 2026, then 62.
        assertEquals(
                0,
                vigie.call("load", later, "--source", "SAS", "--complete-to", "2026-03-31")
                        .code());
        assertEquals("OK", state("sources"));
        assertEquals(
                0,
                vigie.call("load", later, "--source", "SAS", "--complete-to", "2026-05-01")
                        .code());

        String said = doctor();
        assertEquals(
                "MANQUE;le flux «\u00a0rendez_vous\u00a0» (source non nommée) n’est complet que jusqu’au 28/02/2026, 62\u00a0jours derrière"
                        + " le plus avancé",
                state("sources", said));
        assertTrue(said.contains("vigie source close NOM --on DATE (la source non nommée s’écrit '')"), said);

        Screen closed = vigie.call("source", "close", "", "--on", "2026-02-28");
        assertEquals(0, closed.code(), closed.err());
        assertEquals("OK", state("sources"));
    }

    @Test
    void aFileOfMoreThanFiveYearsIsToldUntilItIsWithdrawn() {
        LocalDate today = LocalDate.now(ZoneId.of("Europe/Paris"));
        completeTo(today.minusYears(5).plusDays(1));
        assertEquals("OK", state("conservation"));

        completeTo(today.minusYears(5).minusDays(1));
        String found = state("conservation");
        assertTrue(found.matches("MANQUE;1\u00a0fichier s’arrête avant le ../../....\u202f: rendez_vous.csv"), found);

        Screen withdrawn = vigie.call("withdraw", "rendez_vous.csv");
        assertEquals(0, withdrawn.code(), withdrawn.err());
        assertEquals("OK", state("conservation"));
    }

    private void completeTo(LocalDate day) {
        vigie.jdbc()
                .sql("UPDATE registre.livraison SET complet_jusqu_au = ?")
                .param(java.sql.Date.valueOf(day))
                .update();
    }

    private String doctor() {
        return vigie.call("doctor", "--format", "csv").out();
    }

    private static void assertStarts(String beginning, String found) {
        assertTrue(found.startsWith(beginning), found);
    }

    private String state(String control) {
        return state(control, doctor());
    }

    /** OK, or what was found. */
    private static String state(String control, String said) {
        String[] row = said.lines()
                .filter(line -> line.startsWith(control + ";"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(said))
                .split(";");
        return row[1].equals("OK") ? "OK" : row[1] + ";" + row[2];
    }
}
