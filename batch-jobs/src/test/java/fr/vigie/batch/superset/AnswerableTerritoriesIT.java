package fr.vigie.batch.superset;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fr.vigie.batch.Failure;
import fr.vigie.batch.FakeWorker;
import fr.vigie.batch.Staging;
import fr.vigie.batch.TestDatabase;
import fr.vigie.batch.instance.Database;
import fr.vigie.batch.instance.InstanceHome;
import fr.vigie.batch.publication.Publisher;
import fr.vigie.batch.publication.StopDates;
import fr.vigie.indicators.Catalogue;
import fr.vigie.schema.AccessAccount;
import fr.vigie.schema.AccessPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An account that answers for a territory that does not exist would read nothing, and nobody would know why. */
class AnswerableTerritoriesIT {

    private static final AccessPolicy POLICY = AccessPolicy.read();

    @TempDir
    private Path folder;

    private final TestDatabase fresh;
    private final Database database;

    AnswerableTerritoriesIT() throws SQLException {
        fresh = TestDatabase.fresh();
        database = fresh.open(new InstanceHome(Path.of("target")));
    }

    @AfterEach
    void close() throws SQLException {
        fresh.close();
    }

    @Test
    void aTerritoryOrAnEtablissementOfThePublicationIsTakenAndAnotherIsRefusedWithThoseThatLookLikeIt()
            throws IOException {
        Staging.write(
                folder,
                List.of(List.of(
                        FakeWorker.value("MT-01", "CPTS:310034632", "2026", "", 50, 100, "50"),
                        FakeWorker.value("MT-01", "CPTS:HORS_CPTS", "2026", "", 50, 100, "50"),
                        FakeWorker.value(
                                "CAD-04", "ENSEMBLE:ENSEMBLE", "2026", "etablissement=340000001", 50, 100, "50"))),
                List.of(),
                List.of());
        new Publisher(database)
                .publish(
                        folder,
                        Instant.parse("2026-12-31T22:59:00Z"),
                        Catalogue.read(Optional.empty()),
                        new StopDates(Map.of(), Map.of(), List.of()));

        assertDoesNotThrow(() -> check("cpts", "310034632"));
        assertDoesNotThrow(() -> check("etablissement", "340000001"));
        assertTrue(refused("cpts", "310034623").sentence().contains("310034632"));
        assertTrue(refused("etablissement", "340000002").sentence().contains("340000001"));
        assertEquals(2, refused("cpts", "HORS_CPTS").exitCode(), "nobody answers for what belongs to no CPTS");
        assertTrue(refused("dac", "34").sentence().contains("n’est publié"), "no département in this publication");
    }

    private Failure refused(String role, String code) {
        return assertThrows(Failure.class, () -> check(role, code));
    }

    private void check(String role, String code) {
        new AnswerableTerritories(database)
                .check(new AccessAccount(POLICY.role(role), POLICY.role(role).scope(), code));
    }
}
