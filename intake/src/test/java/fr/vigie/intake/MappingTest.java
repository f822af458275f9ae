package fr.vigie.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fr.vigie.intake.IntakeResult.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
        String yaml = "name: essai\n"
                + "label: Essai\n"
                + "blocks:\n"
                + "- feed: territoires\n"
                + "  files: [\"ps_*.dat\"]\n"
                + "  columns:\n"
                + "    territoire_id: n\n"
                + "    type: {constant: CPTS}\n"
                + "    libelle: n\n";
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

    private static final String PATIENTS = """
        blocks:
          - feed: patients
            columns:
              patient_id: {join: [centre, dossier], separator: /, opaque: true}
              annee_naissance: {from: naissance, shift_years: -100}
              sexe: {from: sexe, codes: {Féminin: F, masculin: M, "Yes": I, 1: M}}
              commune_insee: {postal_code: cp, commune: ville}
              commune_debut: {first_of: [{join: [jour, heure], separator: " "}, jour], when: {column: sexe, is_not: [INCONNU]}}
        """;

    private static String row(Door.Row row, String... columns) {
        return Stream.of(columns).map(row::at).collect(Collectors.joining(" "));
    }

    @Test
    void readsWhatTheFileDoesNotTellOfItself() throws IOException {
        Door door = new Door(folder);
        door.mapping = Optional.of(mapping(HEAD + "delimiter: \"|\"\nskip_lines: 2\nempty: [NULL, N/A, \"-\"]\n"
                + "header: [Centre, N° dossier, naissance, sexe, cp, ville, jour, heure]\n"
                + PATIENTS.replace("dossier]", "N° dossier]")));
        IntakeResult result = door.takeOne(
                "export.csv",
                "titre; sans \"fin\n\n"
                        + "A|1|2050|FEMININ|34200|Sète|01/02/2026|08:30\n"
                        + "A|2|2050|  masculin |34200| N/A |01/02/2026|NULL\n"
                        + "A|3|NULL|yes|-|NULL|01/02/2026|-\n"
                        + "B|1|2050|1|34140|Loupian|N/A|08:30\n"
                        + "B|N/A|2050|M|34200|Sète|01/02/2026|08:30\n");
        List<Door.Row> kept = Door.staged(result);
        // The title stands on line 1, line 2 is blank: the data begin on line 3.
        assertEquals(
                List.of(
                        "3 1950 F 34301 2026-02-01",
                        "4 1950 M 34301 2026-02-01",
                        "5  I  2026-02-01",
                        "6 1950 M 34143 "),
                kept.stream()
                        .map(row -> row(row, "_ligne", "annee_naissance", "sexe", "commune_insee", "commune_debut"))
                        .toList());
        // The number of a person of a centre is half an identifier where the other half is not known.
        assertEquals(List.of("7 patient_id E VALEUR_MANQUANTE"), Door.codes(result));
        assertEquals(
                4, kept.stream().map(row -> row.at("patient_id")).distinct().count());
        assertEquals("B/1", door.identifier(kept.get(3).at("patient_id"), "ESSAI"));
    }

    @Test
    void aDoubtfulCommuneIsSaidOfTheLineThatIsKept() throws IOException {
        Door door = new Door(folder);
        door.mapping = Optional.of(mapping(HEAD + PATIENTS));
        IntakeResult result = door.takeOne(
                "export.csv",
                "centre;dossier;naissance;sexe;cp;ville;jour;heure\n"
                        + "A;1;2050;F;34140;;;\n"
                        + "A;2;2050;F;34200;;;\n"
                        + "A;;2050;F;34140;;;\n");
        assertEquals(
                List.of("34999", "34301"),
                Door.staged(result).stream().map(row -> row.at("commune_insee")).toList());
        assertEquals(List.of("2 commune_insee A INSEE_AMBIGU", "4 patient_id E VALEUR_MANQUANTE"), Door.codes(result));
        assertEquals(1, result.warnings());
    }

    @Test
    void refusesAHeaderThatStandsBothInTheFileAndInTheMapping() throws IOException {
        Door door = new Door(folder);
        String names = "Centre;dossier;naissance;sexe;cp;ville;jour;heure";
        door.mapping = Optional.of(mapping(HEAD + "header: [" + names.replace(";", ", ") + "]\n" + PATIENTS));
        IntakeResult result = door.takeOne("export.csv", names + "\nA;1;2050;F;34140;;;\n");
        assertEquals(List.of("1  E EN_TETE_PRESENT"), Door.codes(result));
    }

    @Test
    void shiftsTheYearAndNothingElse() {
        DateChange century = new DateChange(null, false, -100);
        assertEquals("1996-02-29", new DateChange(null, false, -180).apply("29/02/2176"));
        assertEquals("2000-02-28", century.apply("28/02/2100"));
        // 1900 has no 29 February: the day stays in its month.
        assertEquals("1900-02-28", new DateChange(null, false, -180).apply("2080-02-29"));
        assertEquals("2012-03-25T02:30Z", century.apply("2112-03-25T02:30:00Z"));
        assertEquals("1950", century.apply("2050"));
        assertEquals("1950-07", century.apply("07/2050"));
        assertEquals("1950-07", century.apply("2050-07"));
        assertEquals("2050-13", century.apply("2050-13"));
        assertEquals("30/02/2100", century.apply("30/02/2100"));
    }

    @Test
    void readsNoDateInAnotherFormThanItsFormat() throws IOException {
        Door door = new Door(folder);
        door.mapping = Optional.of(mapping(HEAD + """
            blocks:
              - feed: patients
                columns:
                  patient_id: id
                  date_naissance: {from: né le, date_format: MM/dd/uuuu}
                  sexe: {constant: ""}
                  commune_insee: {constant: "99999"}
            """));
        IntakeResult result = door.takeOne("export.csv", "id;né le\n1;01/02/1950\n2;13/02/1950\n");
        // The second one can only be a French date: then so was the first, and nobody may guess it.
        assertEquals(
                List.of("1950-01-02"),
                Door.staged(result).stream()
                        .map(row -> row.at("date_naissance"))
                        .toList());
        assertEquals(List.of("3 date_naissance E DATE_INVALIDE"), Door.codes(result));
    }

    @Test
    void neverLetsWhatAPersonIsKnownByIntoAnotherColumn() {
        String text = HEAD + """
            blocks:
              - feed: rendez_vous
                columns:
                  rdv_id: {join: [numéro, Nom usager], separator: "-"}
                  patient_id: {join: [centre, nom usager]}
                  dispositif_id: centre
                  motif: {first_of: [motif, {join: [centre, nom usager]}]}
                  date_heure_debut: début
                  statut: statut
                  mode: mode
                  profession: profession
            """;
        assertEquals(
                List.of("blocks[0].columns.rdv_id", "blocks[0].columns.motif"),
                assertThrows(Mapping.Unusable.class, () -> mapping(text)).sentences().stream()
                        .map(sentence -> sentence.split(" : ", -1)[1])
                        .toList());
        mapping(text.replace("[numéro, Nom usager]", "[numéro, {person: true}]")
                .replace("{first_of: [motif, {join: [centre, nom usager]}]}", "motif"));
    }

    @Test
    void tellsAllItsProblemsAtOnce() {
        String text = """
            name: essai
            zone: Europe/Sète
            delimiter: ";;"
            skip_lines: -1
            header: [a, A]
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
                  duree_min: {constant: "20", prefix: x, otherwise: y}
                  commune_lieu: {postal_cod: a}
                  theme: {from: a, codes: {É té: b, ete: c}}
                  motif: {join: [a, {from: b, separator: "-"}]}
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
                        "blocks[1].columns.duree_min.otherwise",
                        "blocks[1].columns.duree_min.prefix",
                        "blocks[1].columns.duree_min.otherwise",
                        "blocks[1].columns.commune_lieu",
                        "blocks[1].columns.commune_lieu",
                        "blocks[1].columns.theme.codes.ete",
                        "blocks[1].columns.motif.join[1].separator",
                        "blocks[1].columns",
                        "blocks[1].columns",
                        "blocks[1].when",
                        "label",
                        "zone",
                        "skip_lines",
                        "header",
                        "delimiter"),
                paths);
        // What was most likely meant stands beside what was written.
        assertTrue(sentences.get(1).contains("peut-être « rendez_vous »"), sentences.get(1));
        assertTrue(
                sentences.stream().anyMatch(sentence -> sentence.contains("« postal_cod », peut-être « postal_code »")),
                sentences::toString);
    }
}
