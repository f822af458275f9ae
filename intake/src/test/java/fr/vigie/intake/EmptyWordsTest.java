package fr.vigie.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import fr.vigie.intake.IntakeResult.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmptyWordsTest {

    private static final String FILE =
            "rdv_id;source;patient_id;date_heure_debut;date_heure_prise;statut;mode;profession;motif\n"
                    + "R1;SAS;C1;01/02/2026;NULL;HONORE;PRES;MG;N/A\n"
                    + "R2;SAS;C2;01/02/2026; N/A ;HONORE;PRES;MG;null\n"
                    + "R3;SAS;C3;NULL;;HONORE;PRES;MG;-\n";

    @TempDir
    Path folder;

    private Door door(String name, String... words) throws IOException {
        Door door = new Door(folder.resolve(name));
        door.empties = new EmptyWords(Set.of(words));
        return door;
    }

    @Test
    void readsTheWordsAsNothingTrimmedAndExactly() throws IOException {
        IntakeResult result = door("a", "NULL", " N/A", "-").takeOne("rendez_vous.csv", FILE);
        assertEquals(List.of("4 date_heure_debut E VALEUR_MANQUANTE"), Door.codes(result));
        List<Door.Row> rows = Door.staged(result);
        assertEquals(
                List.of("", ""),
                rows.stream().map(row -> row.at("date_heure_prise")).toList());
        assertEquals(
                List.of("", "null"), rows.stream().map(row -> row.at("motif")).toList());
    }

    @Test
    void readsThemAsTheyAreWrittenUnlessTold() throws IOException {
        IntakeResult result = door("a").takeOne("rendez_vous.csv", FILE);
        assertEquals(
                List.of(
                        "2 date_heure_prise E DATE_INVALIDE",
                        "3 date_heure_prise E DATE_INVALIDE",
                        "4 date_heure_debut E DATE_INVALIDE"),
                Door.codes(result));
        assertEquals(Status.REFUSE, result.status());
    }

    @Test
    void readsThemThroughAMapping() throws IOException {
        Door door = door("a", "NULL");
        door.mapping = Optional.of(Mapping.read(
                "m.yaml",
                "name: essai\nlabel: Essai\nblocks:\n- feed: territoires\n  columns:\n    territoire_id: n\n"
                        + "    type: {constant: CPTS}\n    libelle: {first_of: [nom, autre]}\n",
                Door.CONTRACTS));
        IntakeResult result = door.takeOne("x.csv", "n;nom;autre\n1;NULL;b\n2;NULL;NULL\n");
        assertEquals(List.of("3 libelle E VALEUR_MANQUANTE"), Door.codes(result));
        assertEquals("b", Door.staged(result).get(0).at("libelle"));
    }

    @Test
    void belongToTheKeyOfTheDeliveryWhateverTheirOrder() throws IOException {
        String file = "territoire_id;type;libelle\nT1;CPTS;a\n";
        String none = door("a").takeOne("territoires.csv", file).deliveryId();
        String one = door("b", "NULL").takeOne("territoires.csv", file).deliveryId();
        String two = door("c", "NULL", "-").takeOne("territoires.csv", file).deliveryId();
        assertEquals(3, Set.of(none, one, two).size());
        assertEquals(
                two, door("d", "-", "NULL ").takeOne("territoires.csv", file).deliveryId());
        // The key that the file had before such words could be given: what was received then is known.
        assertEquals("20ab6723661b7a1253d1040ff803bc1e", none);
        assertEquals(none, door("e", " ").takeOne("territoires.csv", file).deliveryId());
    }
}
