package fr.vigie.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source is told in five places, each with a case of its own. */
class SourceNameTest {

    private static final String LINES = "rdv_id;source;patient_id;date_heure_debut;statut;mode;profession\n"
            + "R1;Dac  Été;C1;01/02/2026;HONORE;PRES;MG\nR2;;C2;01/02/2026;HONORE;PRES;MG\n";
    private static final String MAPPING =
            "name: essai\nlabel: Essai\nsource: %s\nblocks:\n- feed: territoires\n  columns:\n"
                    + "    territoire_id: n\n    type: {constant: CPTS}\n    libelle: n\n";

    @TempDir
    Path folder;

    private Door door(String name) throws IOException {
        return new Door(folder.resolve(name));
    }

    @Test
    void isOneHoweverItIsWrittenAndWhoeverTellsIt() throws IOException {
        Door named = door("name");
        IntakeResult byName = named.takeOne("20260301_Dac Été_rendez_vous_v1.csv", LINES);
        Door described = door("manifest").put("manifeste.yaml", "source: dac été\n");
        Door asked = door("option");
        asked.source = Optional.of(" DAC été ");
        Door mapped = door("mapping");
        mapped.mapping = Optional.of(Mapping.read("m.yaml", MAPPING.formatted("Dac Été"), Door.CONTRACTS));
        Set<String> sources = new TreeSet<>();
        for (IntakeResult result : List.of(
                byName,
                described.takeBeside("rendez_vous.csv", LINES),
                asked.takeOne("rendez_vous.csv", LINES),
                mapped.takeOne("x.csv", "n\n1\n"))) {
            sources.add(result.source());
        }
        Door.staged(byName).forEach(row -> sources.add(row.at("source")));
        assertEquals(Set.of("DAC ÉTÉ"), sources);
        named.vault.keySet().forEach(key -> assertEquals("DAC ÉTÉ", key.substring(key.indexOf('/') + 1)));
        assertEquals(2, named.vault.size());
    }
}
