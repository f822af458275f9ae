package fr.vigie.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fr.vigie.intake.IntakeResult.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappingTest {

    private static final String HEAD = "name: essai\nlabel: Essai\nsource: ESSAI\n";
    private static final String RENDEZ_VOUS = """
            blocks:
              - feed: rendez_vous
                files: ["agenda*.csv"]
                when: {column: id, present: true}
                columns:
                  rdv_id: {from: Id, prefix: "R-"}
                  patient_id: {from: Dossier, opaque: true}
                  date_heure_debut:
                    first_of:
                      - {from: Début, date_format: "uuuu.MM.dd HH'h'mm"}
                      - {from: Jour, shift_years: 1}
                  statut: {from: État, codes: {venu: HONORE, absent: NON_HONORE}, otherwise: CONFIRME}
                  mode: {constant: PRES}
                  profession: {constant: MG}
                  creneau_dedie: {constant: O, when: [{column: etat, is: [venu, absent]}, {column: jour, before: 2026-01-01}]}
                notes:
                  - {when: {column: etat, is_not: [venu, absent]}, column: statut, code: ETAT_INCONNU, message: État non traduit.}
            """;

    @TempDir
    Path folder;

    private static Mapping mapping(String text) {
        return Mapping.read("essai.yaml", text, Door.CONTRACTS);
    }

    @Test
    void readsInAFolderTheFilesThatItNamesWhateverTheirExtension() throws IOException {
        String yaml =
                "name: essai\nlabel: Essai\nblocks:\n- feed: territoires\n  files: [\"ps_*.dat\"]\n  columns:\n    territoire_id: n\n"
                        + "    type: {constant: CPTS}\n    libelle: n\n";
        Door door = new Door(folder);
        door.mapping = Optional.of(Mapping.read("m.yaml", yaml, Door.CONTRACTS));
        door.put("PS_2026.dat", "n\n1\n").put("lisez-moi.dat", "bonjour\n");
        assertEquals(
                List.of("PS_2026.dat"),
                door.take().stream().map(IntakeResult::displayName).toList());
    }

    @Test
    void renamesTranslatesComputesAndFilters() throws IOException {
        Door door = new Door(folder);
        door.mapping = Optional.of(mapping(HEAD + "zone: America/Sao_Paulo\n" + RENDEZ_VOUS));
        IntakeResult result = door.takeOne(
                "Agenda 1.csv",
                "Id,Dossier,Début,Jour,État\n"
                        + "1,284058832102530,2026.02.01 10h30,,venu\n"
                        + "2,C2,,2024-02-29,absent\n"
                        + ",C3,2026.02.01 10h30,,venu\n"
                        + "4,C4,2026.02.01 10h30,,parti\n"
                        + "5,C5,demain,,venu\n");
        // The fourth has a state without a translation, and no issue long after its day.
        assertEquals(
                List.of(4L, 3L, 1L, 2L),
                List.of(result.linesRead(), result.linesKept(), result.linesRejected(), result.warnings()));
        List<Door.Row> kept = Door.staged(result);
        assertEquals(
                List.of("2026-02-01T13:30:00Z heure", "2025-02-27T23:00:00Z jour", "2026-02-01T13:30:00Z heure"),
                kept.stream()
                        .map(row -> row.at("date_heure_debut") + " " + row.at("date_heure_debut_precision"))
                        .toList());
        assertEquals(
                List.of("R-1", "R-2", "R-4"),
                kept.stream().map(row -> row.at("rdv_id")).toList());
        assertEquals(
                List.of("HONORE", "NON_HONORE", "CONFIRME"),
                kept.stream().map(row -> row.at("statut")).toList());
        assertEquals(
                List.of("", "true", ""),
                kept.stream().map(row -> row.at("creneau_dedie")).toList());
        assertEquals(
                List.of("ESSAI"),
                kept.stream().map(row -> row.at("source")).distinct().toList());
        assertEquals(
                List.of(
                        "5 date_heure_debut A ISSUE_NON_RENSEIGNEE",
                        "5 statut A ETAT_INCONNU",
                        "6 date_heure_debut E DATE_INVALIDE"),
                Door.codes(result));
    }

    @Test
    void readsOnlyItsFilesAndIgnoresOnlyThoseItNames() throws IOException {
        Door door = new Door(folder);
        door.mapping = Optional.of(mapping(HEAD + "ignored_files: [NOTES*]\n" + RENDEZ_VOUS));
        door.put("notes-2026.csv", "x\n").put("autre.csv", "x\n").put("agenda.csv", "Id,Dossier,Jour,Etat\n");
        List<IntakeResult> results = door.take();
        assertEquals(
                List.of("agenda.csv REFUSE rendez_vous", "autre.csv REFUSE "),
                results.stream()
                        .map(result -> result.displayName() + " " + result.status() + " " + result.feed())
                        .toList());
        assertTrue(results.get(0).refusal().orElseThrow().contains("debut"));
    }

    @Test
    void isPartOfTheKeyOfTheDelivery() throws IOException {
        Door door = new Door(folder);
        door.mapping = Optional.of(mapping(HEAD + RENDEZ_VOUS));
        IntakeResult first = door.takeOne("agenda.csv", "Id,Dossier,Début,Jour,État\n");
        door.mapping = Optional.of(mapping(HEAD + RENDEZ_VOUS + "# corrigé\n"));
        assertEquals(Status.CHARGE, first.status());
        assertEquals(
                1,
                List.of(first.deliveryId(), door.take().get(0).deliveryId()).stream()
                        .filter(first.deliveryId()::equals)
                        .count());
    }

    @Test
    void tellsAllItsProblemsAtOnce() {
        String text = """
                name: essai
                zone: Europe/Sète
                couleur: bleu
                blocks:
                  - feed: rendezvous
                  - feed: rendez_vous
                    when: {column: a, present: true, is: b}
                    columns:
                      rdv_id: {from: a, constant: b}
                      date: b
                      mode: {constant: ICI}
                      statut: {from: a, codes: {"Yes": VENU}}
                      rpps: {from: a, opaque: true}
                      date_heure_debut: {from: a, date_format: "bogus"}
                """;
        List<String> sentences =
                assertThrows(Mapping.Unusable.class, () -> mapping(text)).sentences();
        List<String> paths =
                sentences.stream().map(sentence -> sentence.split(" : ", -1)[1]).toList();
        assertEquals(
                List.of(
                        "clé inconnue « couleur » (connues",
                        "blocks[0].feed",
                        "blocks[1].columns.rdv_id",
                        "blocks[1].columns.date",
                        "blocks[1].columns.mode.constant",
                        "blocks[1].columns.statut.codes.Yes",
                        "blocks[1].columns.rpps.opaque",
                        "blocks[1].columns.date_heure_debut.date_format",
                        "blocks[1].columns",
                        "blocks[1].columns",
                        "blocks[1].when",
                        "label",
                        "zone"),
                paths);
    }
}
