package fr.vigie.batch.publication;

import static fr.vigie.batch.FakeWorker.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fr.vigie.batch.Failure;
import fr.vigie.batch.Staging;
import fr.vigie.batch.TestDatabase;
import fr.vigie.batch.instance.Database;
import fr.vigie.batch.instance.InstanceHome;
import fr.vigie.batch.publication.PublicationReader.Question;
import fr.vigie.batch.publication.Publisher.Published;
import fr.vigie.indicators.Catalogue;
import fr.vigie.schema.WorkerResult;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublisherIT {

    private static final Instant AS_OF = Instant.parse("2026-02-28T22:59:00Z");
    private static final StopDates STOPS = new StopDates(Map.of(), Map.of(), List.of());
    private static final String HERAULT = value("CAD-04", "DEPARTEMENT:34", "2026-02", "", 1, 4, "25");
    private static final String GARD = value("CAD-04", "DEPARTEMENT:30", "2026-02", "", 3, 4, "75");

    @TempDir
    private Path folder;

    private TestDatabase fresh;
    private Database database;

    PublisherIT() throws SQLException {
        fresh = TestDatabase.fresh();
        database = fresh.open(new InstanceHome(Path.of("target")));
    }

    @BeforeEach
    void layOut() throws IOException {
        stage(List.of(HERAULT, GARD), List.of());
    }

    @AfterEach
    void close() throws SQLException {
        fresh.close();
    }

    @Test
    void thePrintIsThatOfTheSumOfThePrintsOfTheRows() throws Exception {
        // By hand: what a reader sees of each row, but for the publication.
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        BigInteger sum = BigInteger.ZERO;
        for (String row : List.of(
                "CAD-04;1;;;DEPARTEMENT;34;Nom de 34;2026-02;1;4;25;;;SANS_CIBLE;PUBLIE",
                "CAD-04;1;;;DEPARTEMENT;30;Nom de 30;2026-02;3;4;75;;;SANS_CIBLE;PUBLIE")) {
            sum = sum.add(new BigInteger(1, digest.digest(row.getBytes(StandardCharsets.UTF_8))));
        }
        String hexadecimal = String.format("%064x", sum.mod(BigInteger.ONE.shiftLeft(256))) + String.format("%016x", 2);

        String expected = HexFormat.of().formatHex(digest.digest(HexFormat.of().parseHex(hexadecimal)));

        assertEquals(expected, publish(AS_OF).print());
    }

    @Test
    void thePrintDoesNotDependOnTheOrderNorOnTheSplitOfTheParts() throws IOException {
        String before = publish(AS_OF).print();
        Staging.write(folder, List.of(List.of(GARD), List.of(HERAULT)), List.of(), List.of());

        Published again = publish(AS_OF);

        assertEquals(before, again.print());
        assertFalse(again.isNew());
        assertEquals(1, again.number());
    }

    /** The print tells neither the funnel nor who may read what: readers would go on seeing those of other facts. */
    @Test
    void theSameValuesWithOtherSurroundingsAreAnotherPublication() throws IOException {
        String funnel = "CAD-04;DEPARTEMENT;34;2026-02;";
        stage(List.of(HERAULT, GARD), List.of(funnel + "FAITS;;4", funnel + "DENOMINATEUR;;4"));
        Published first = publish(AS_OF);
        assertFalse(publish(AS_OF).isNew());

        stage(
                List.of(HERAULT, GARD),
                List.of(funnel + "FAITS;;5", funnel + "HORS_POPULATION;HORS;1", funnel + "DENOMINATEUR;;4"));
        Published withOneFactMore = publish(AS_OF);
        assertEquals(List.of(2, first.print()), List.of(withOneFactMore.number(), withOneFactMore.print()));
        assertFalse(publish(AS_OF).isNew());

        Path scopes = folder.resolve(WorkerResult.SCOPES);
        List<String> own = Files.readAllLines(scopes);
        // The first territory answers for the second too.
        Files.write(scopes, Stream.concat(own.stream(), Stream.of("0;1")).toList());
        assertEquals(3, publish(AS_OF).number());
        // In another order they say the same.
        List<String> reversed = new ArrayList<>(Files.readAllLines(scopes));
        Collections.reverse(reversed);
        Files.write(scopes, reversed);
        assertFalse(publish(AS_OF).isNew());
        Files.write(scopes, own);
        assertEquals(4, publish(AS_OF).number());
    }

    /** What an earlier version of Vigie masked, or did not, is masked again. */
    @Test
    void theSameValuesMaskedByAnotherProgramAreAnotherPublication() {
        publish(AS_OF);
        database.reader().sql("UPDATE registre.publication SET entourage = ''").update();

        assertEquals(2, publish(AS_OF).number());
        assertFalse(publish(AS_OF).isNew());
    }

    @Test
    void theSameValuesForAnotherDateDArretAreAnotherPublication() {
        publish(AS_OF);

        Published later = publish(AS_OF.plusSeconds(60));

        assertTrue(later.isNew());
        assertEquals(2, later.number());
    }

    @Test
    void anOlderPublicationStaysReadableByItsNumber() throws IOException {
        publish(AS_OF);
        stage(List.of(value("CAD-04", "DEPARTEMENT:34", "2026-02", "", 2, 4, "50")), List.of());
        Published second = publish(AS_OF);

        PublicationReader values = new PublicationReader(database.reader());
        Question all = new Question(List.of(), List.of(), List.of(), List.of());

        assertEquals(2, second.number());
        assertEquals(2, values.values(1, all).size());
        assertEquals(1, values.values(2, all).size());
        assertEquals(Optional.of(2), values.current().map(PublicationReader.Publication::number));
    }

    @Test
    void filtersOpenOnTheRegionWithMostValues() throws Exception {
        stage(
                List.of(
                        value("CAD-04", "REGION:76", "2026-01", "", 1, 4, "25"),
                        value("CAD-04", "REGION:53", "2026-01", "", 1, 4, "25"),
                        value("CAD-04", "REGION:53", "2026-02", "", 3, 4, "75"),
                        value("CAD-04", "DEPARTEMENT:34", "2026-01", "", 1, 4, "25"),
                        value("CAD-04", "DEPARTEMENT:34", "2026-02", "", 1, 4, "25"),
                        value("CAD-04", "DEPARTEMENT:34", "2026", "", 2, 8, "25")),
                List.of());
        publish(AS_OF);

        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT string_agg(territoire_type || territoire_code, ' ' ORDER BY rang, territoire_code)"
                                + " FROM restitution.territoire WHERE audience = 'interne'")) {
            row.next();
            assertEquals("REGION53 REGION76 DEPARTEMENT34", row.getString(1));
        }
    }

    @Test
    void whatAKilledPublicationLeftBehindIsDroppedFirst() throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE mart.mesure_1 (LIKE mart.mesure)");
            statement.execute("INSERT INTO mart.mesure_1 (publication, ligne, territoire, periode, verdict, statut)"
                    + " VALUES (1, 0, 0, 0, 'SANS_CIBLE', 'PUBLIE')");
        }

        Published published = publish(AS_OF);

        assertEquals(1, published.number());
        assertEquals(2, published.lines());
    }

    @Test
    void aNumeratorAboveItsDenominatorIsNotPublished() throws IOException {
        publish(AS_OF);
        String impossible = "CAD-04;1;DEPARTEMENT;34;Hérault;2026-02;;5;4;125;80;99;;SANS_CIBLE;PUBLIE";
        stage(List.of(impossible), List.of());

        Failure refused = assertThrows(Failure.class, () -> publish(AS_OF));

        assertTrue(refused.sentence().contains("un numérateur dépasse son dénominateur"), refused.sentence());
        assertEquals(
                Optional.of(1),
                new PublicationReader(database.reader()).current().map(PublicationReader.Publication::number));
    }

    @Test
    void aFunnelThatDoesNotCloseIsNotPublished() throws IOException {
        stage(
                List.of(HERAULT),
                List.of(
                        "CAD-04;DEPARTEMENT;34;2026-02;FAITS;;6",
                        "CAD-04;DEPARTEMENT;34;2026-02;EXCLU;AGE;1",
                        "CAD-04;DEPARTEMENT;34;2026-02;DENOMINATEUR;;4"));

        Failure refused = assertThrows(Failure.class, () -> publish(AS_OF));

        assertTrue(refused.sentence().contains("un entonnoir ne se referme pas"), refused.sentence());
    }

    @Test
    void theSameKeyTwiceIsNotPublished() throws IOException {
        stage(List.of(HERAULT, HERAULT), List.of());

        Failure refused = assertThrows(Failure.class, () -> publish(AS_OF));

        assertTrue(refused.sentence().contains("la précédente reste en place"), refused.sentence());
        assertEquals(Optional.empty(), new PublicationReader(database.reader()).current());
    }

    @Test
    void anotherLabelIsAnotherPrint() throws IOException {
        String before = publish(AS_OF).print();
        stage(List.of(GARD, HERAULT.replace("Nom de 34", "Hérault")), List.of());

        assertNotEquals(before, publish(AS_OF).print());
    }

    private Published publish(Instant asOf) {
        return new Publisher(database).publish(folder, asOf, Catalogue.read(Optional.empty()), STOPS);
    }

    private void stage(List<String> values, List<String> funnel) throws IOException {
        Staging.write(folder, List.of(values), funnel, List.of("DEPARTEMENT;34;Hérault"));
    }
}
