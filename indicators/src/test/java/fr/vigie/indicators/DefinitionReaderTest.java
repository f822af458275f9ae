package fr.vigie.indicators;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a definition may say, and the sentence that tells its author, before any data is read, what it may not. */
class DefinitionReaderTest {

    private static final String SORTIES = """
            code: LOC-01
            version: 1
            label: Sorties
            question: Combien ?
            source: nous
            since: 2015-01-01
            direction: higher
            unit: sortie
            attribution: RESIDENCE
            feeds: [evenements]
            parameters:
              age_min: {value: 65, means: un âge}
            measure:
              kind: proportion
              fact: sortie
              population:
                - {reason: AGE, keep: age >= age_min}
              mature_after: {days: 7}
              exclusions:
                - {reason: DECES, when: deces_jours <= 7}
              numerator: readmission_jours <= 7
            breakdowns: [age, "age,sexe"]
            """;

    @TempDir
    private Path folder;

    private String definition = SORTIES;

    private Catalogue read() throws IOException {
        Files.writeString(folder.resolve("LOC-01.yaml"), definition);
        return Catalogue.read(Optional.of(folder));
    }

    private void replace(String part, String by) {
        assertEquals(1, definition.split(java.util.regex.Pattern.quote(part), -1).length - 1, part);
        definition = definition.replace(part, by);
    }

    private void isRefused(String... sentences) {
        Catalogue.DefinitionProblem problem = assertThrows(Catalogue.DefinitionProblem.class, this::read);
        assertEquals(
                List.of(sentences), String.valueOf(problem.getMessage()).lines().toList());
    }

    @Test
    void aRightDefinitionIsRead() throws IOException {
        Measure.Proportion measure = (Measure.Proportion)
                read().definition("LOC-01").orElseThrow().official().measure();
        assertEquals("sortie", measure.selection().fact());
        assertEquals(
                Optional.of(new Measure.Maturity(Measure.Clock.DAYS, 7)),
                measure.selection().maturity());
        assertEquals("AGE", measure.selection().population().get(0).reason());
    }

    @Test
    void aBreakdownThatTheFactHasNoColumnForIsRefusedEvenInAVariant() {
        replace("breakdowns: [age, \"age,sexe\"]", "breakdowns: [age, sens]");
        isRefused("LOC-01.yaml : breakdowns : le fait « sortie » ne se ventile pas par « sens »");
        definition = SORTIES;
        replace("fact: sortie", "fact: orientation");
        replace("[evenements]", "[orientations]");
        replace("deces_jours <= 7", "deces_jours < 0");
        replace("numerator: readmission_jours <= 7", "numerator: est_repondue");
        replace(
                "breakdowns: [age, \"age,sexe\"]",
                "breakdowns: [sens]\nvariants:\n  C: {measure: {fact: chaine, numerator: est_realisee}}");
        isRefused("LOC-01.yaml : breakdowns : le fait « chaine » ne se ventile pas par « sens »");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "[age, age] ! breakdowns[1] : cette ventilation est déjà demandée",
                "['age,sexe', 'sexe,age'] ! breakdowns[1] : cette ventilation est déjà demandée",
                "['age,age'] ! breakdowns[0] : une ventilation est d’une dimension, ou de deux différentes",
                "['age,sexe,mode'] ! breakdowns[0] : une ventilation est d’une dimension, ou de deux différentes",
                "[taille] ! breakdowns[0] : dimension inconnue « taille »",
            })
    void aBreakdownIsOneOrTwoDimensionsAskedOnce(String breakdowns, String sentence) {
        replace("[age, \"age,sexe\"]", breakdowns);
        isRefused("LOC-01.yaml : " + sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "fact: sortie ! fact: personne_mois ! measure.kind : le fait « personne_mois » est un état de fin de mois, qui ne s’additionne pas : prenez « state » ou « persons »",
                "kind: proportion ! kind: state ! measure.kind : « state » lit l’état des personnes à une date, et le fait « sortie » n’en est pas un",
                "kind: proportion ! kind: moyenne ! measure.kind : genre de mesure inconnu « moyenne » (connus : count, delay, persons, proportion, ratio, state)",
                "kind: proportion ! kind: count ! measure : clé inconnue « numerator » (connues : exclusions, fact, kind, mature_after, population)",
                "{days: 7} ! {days: -7} ! measure.mature_after.days : un délai de maturité ne peut pas être négatif",
                "{days: 7} ! {days: 7, seconds: 7} ! measure.mature_after : « seconds » ou « days » est attendu, et un seul des deux",
                "age >= age_min ! age >= 65 ! parameters.age_min : aucune mesure ne cite ce paramètre : il ne décide de rien",
                "attribution: RESIDENCE ! attribution: LIEU ! attribution : le fait « sortie » se compte par RESIDENCE",
                "attribution: RESIDENCE ! attribution: DISPOSITIF ! attribution : le fait « sortie » se compte par RESIDENCE",
                "version: 1 ! version: 0 ! version : les versions se numérotent à partir de 1",
                "since: 2015-01-01 ! since: 2015-01-01\\nuntil: 2014-12-31 ! until : une version finit au plus tôt le jour où elle commence",
                "readmission_jours <= 7 ! sexe = H ! measure.numerator : code inconnu « H » de « sexe » (connus : M, F, I)",
            })
    void whatDecidesNothingOrCannotBeCountedIsRefused(String part, String by, String sentence) {
        replace(part, by.replace("\\n", "\n"));
        if (by.contains("personne_mois")) {
            replace("[evenements]", "[evenements, patients]");
            replace("deces_jours <= 7", "est_decede");
            replace("readmission_jours <= 7", "a_medecin_traitant");
        }
        isRefused("LOC-01.yaml : " + sentence);
    }

    @Test
    void aFactIsNotCountedWithoutTheFeedsThatMakeItNotEvenInAVariant() throws IOException {
        replace("feeds: [evenements]", "feeds: [patients]");
        isRefused(
                "LOC-01.yaml : feeds : le fait « sortie » vient du flux « evenements », à nommer ici : sans lui, rien ne se compte");
        definition = SORTIES
                + "variants:\n  R: {measure: {fact: rendez_vous_de_sortie, exclusions: [], numerator: delai_secondes <= 7}}\n";
        isRefused(
                "LOC-01.yaml : feeds : le fait « rendez_vous_de_sortie » vient du flux « rendez_vous », à nommer ici : sans lui, rien ne se compte");
        replace("feeds: [evenements]", "feeds: [evenements, rendez_vous]");
        read();
    }

    /** Where patients was never received, nobody's age is known: 0 of 8 were published for « moins de 75 ans ». */
    @Test
    void theFeedThatAloneTellsWhatAConditionReadsIsNeededNamedOrNot() throws IOException {
        assertEquals(Set.of("evenements", "patients"), feeds());
        replace("keep: age >= age_min", "keep: nuits >= age_min");
        assertEquals(Set.of("evenements"), feeds());
        definition +=
                "variants:\n  R: {measure: {numerator: nuits >= age_min and not (readmission_jours <= 7 or sexe = F)}}\n";
        assertEquals(Set.of("evenements", "patients"), feeds());
        definition += "risk_feeds: [patients, rendez_vous]\n";
        assertEquals(Set.of("evenements", "patients"), feeds());
        assertEquals(
                Set.of("rendez_vous"), read().definition("LOC-01").orElseThrow().riskFeeds());
    }

    private Set<String> feeds() throws IOException {
        return read().definition("LOC-01").orElseThrow().feeds();
    }

    @Test
    void whatIsNobodysHasNoPersonsToCount() {
        replace("fact: sortie", "fact: creneau");
        replace("[evenements]", "[creneaux]");
        replace("attribution: RESIDENCE", "attribution: LIEU");
        replace("kind: proportion", "kind: persons");
        replace("deces_jours <= 7", "est_occupe");
        replace("readmission_jours <= 7", "est_occupe");
        isRefused(
                "LOC-01.yaml : measure.kind : le fait « creneau » n’est celui de personne : il ne peut pas compter de personnes");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "deces_jours ! days ! jours ! ''",
                "deces_secondes ! seconds ! heures ! ''",
                "deces_secondes ! days ! jours ! measure.ended_after : « deces_secondes » est en « seconds », et le délai se compte en « days »",
                "deces_secondes ! seconds ! jours ! measure.unit : un délai compté en « seconds » se lit en « heures »",
                "deces_jours ! heures ! jours ! measure.clock : « seconds » ou « days » est attendu",
                "nuits ! days ! jours ! measure.ended_after : « nuits » n’est pas une durée du fait « sortie »",
                "age ! days ! jours ! measure.ended_after : « age » n’est pas une durée du fait « sortie »",
            })
    void aDelayIsCountedInTheUnitOfItsColumns(String ended, String clock, String unit, String sentence)
            throws IOException {
        replace("kind: proportion", "kind: delay");
        replace(
                "numerator: readmission_jours <= 7",
                "ended_after: " + ended + "\n  clock: " + clock + "\n  unit: " + unit);
        if (sentence.isEmpty()) {
            read();
        } else {
            isRefused("LOC-01.yaml : " + sentence);
        }
    }

    @Test
    void aVariantReadsTheKeysOfItsOwnKind() throws IOException {
        definition += "variants:\n  D: {measure: {kind: delay, ended_after: deces_jours, clock: days, unit: jours}}\n";
        assertEquals(
                Measure.Clock.DAYS,
                ((Measure.Delay) read().variant("LOC-01/D").orElseThrow().measure()).clock());
        definition =
                definition.replace("ended_after: deces_jours", "ended_after: deces_jours, numerator: est_sortie_index");
        isRefused(
                "LOC-01.yaml : variants.D.measure : clé inconnue « numerator » (connues : censored_after, clock, ended_after, exclusions, fact, kind, mature_after, population, unit)");
    }

    @Test
    void aVariantMayNotBearTheNameOfTheOfficialReading() {
        definition += "official: large\nvariants:\n  large: {label: autre}\n";
        isRefused("LOC-01.yaml : variants.large : « large » est déjà le nom de la lecture officielle");
    }

    private void writePast(String since, String until) throws IOException {
        Files.writeString(
                folder.resolve("LOC-01.v1.yaml"),
                SORTIES.replace("since: 2015-01-01", "since: " + since + (until.isEmpty() ? "" : "\nuntil: " + until))
                        .replace("feeds: [evenements]", "feeds: [evenements, rendez_vous]")
                        .replace("value: 65", "value: 75"));
    }

    @Test
    void twoVersionsLiveTogetherEachForThePeriodsThatLieInItsDays() throws IOException {
        writePast("2015-01-01", "2026-03-31");
        replace("version: 1", "version: 2");
        replace("since: 2015-01-01", "since: 2026-04-01");
        Catalogue catalogue = read();
        assertEquals(2, catalogue.definition("LOC-01").orElseThrow().version());
        List<Definition> versions = catalogue.versions("LOC-01");
        assertEquals(List.of(1, 2), versions.stream().map(Definition::version).toList());
        for (Definition version : versions) {
            assertEquals(Set.of("evenements", "patients", "rendez_vous"), version.feeds());
        }
        assertEquals(List.of("2026-03", "2026-T1", "2025", "2026-03/12M"), held(versions.get(0)));
        assertEquals(List.of("2026-04", "2026-T2", "2026-S2", "2027", "2027-03/12M"), held(versions.get(1)));
    }

    /** S1 and the year 2026 begin under one meaning and end under the other, like the twelve months to February 2027: neither version tells them. */
    private static List<String> held(Definition version) {
        return List.of(
                        "2026-03",
                        "2026-04",
                        "2026-T1",
                        "2026-T2",
                        "2026-S1",
                        "2026-S2",
                        "2025",
                        "2026",
                        "2027",
                        "2026-03/12M",
                        "2027-02/12M",
                        "2027-03/12M")
                .stream()
                .filter(code -> {
                    Period period = Period.parse(code).orElseThrow();
                    return version.holds(period.start(), period.end());
                })
                .toList();
    }

    @Test
    void versionsLeaveNoDayBetweenThem() throws IOException {
        writePast("2015-01-01", "2026-03-30");
        replace("version: 1", "version: 2");
        replace("since: 2015-01-01", "since: 2026-04-01");
        isRefused("LOC-01.yaml : since : une version commence le lendemain du dernier jour (until) de la précédente");
        writePast("2015-01-01", "");
        isRefused("LOC-01.yaml : since : une version commence le lendemain du dernier jour (until) de la précédente");
    }

    @Test
    void aVersionIsReadInTheUnitOfTheOneBefore() throws IOException {
        writePast("2015-01-01", "2026-03-31");
        replace("version: 1", "version: 2");
        replace("since: 2015-01-01", "since: 2026-04-01");
        replace("kind: proportion", "kind: count");
        replace("  numerator: readmission_jours <= 7\n", "");
        isRefused(
                "LOC-01.yaml : measure : « LOC-01 » ne se lit plus dans la même unité que la version 1 : c’est un autre indicateur, sous un autre code");
    }

    @Test
    void versionsHaveEachANumberAndTheLastOneTheNameOfTheCode() throws IOException {
        writePast("2015-01-01", "2026-03-31");
        replace("since: 2015-01-01", "since: 2026-04-01");
        isRefused("LOC-01.yaml : version : deux fichiers disent la version 1");
        replace("version: 1", "version: 2");
        Files.move(folder.resolve("LOC-01.v1.yaml"), folder.resolve("LOC-01.v3.yaml"));
        isRefused(
                "LOC-01.v3.yaml : code : le fichier doit s’appeler LOC-01.yaml, et celui d’une version passée LOC-01.vN.yaml, N étant son numéro");
        Files.writeString(
                folder.resolve("LOC-01.v3.yaml"),
                SORTIES.replace("version: 1", "version: 3").replace("since: 2015-01-01", "since: 2027-01-01"));
        replace("since: 2026-04-01", "since: 2026-04-01\nuntil: 2026-12-31");
        isRefused(
                "LOC-01.yaml : version : la dernière version d’un indicateur, et elle seule, s’appelle LOC-01.yaml",
                "LOC-01.v3.yaml : version : la dernière version d’un indicateur, et elle seule, s’appelle LOC-01.yaml");
    }

    @Test
    void whatAFolderSaysOfACodeReplacesEveryVersionThatTheProductHas() throws IOException {
        definition = fr.vigie.schema.Resources.text("definitions/CAD-04.yaml")
                .replace("since: 1900-01-01", "since: 2026-01-01");
        Files.writeString(folder.resolve("CAD-04.yaml"), definition);
        Catalogue catalogue = Catalogue.read(Optional.of(folder));
        assertEquals(
                List.of(LocalDate.of(2026, 1, 1)),
                catalogue.versions("CAD-04").stream().map(Definition::since).toList());
    }
}
