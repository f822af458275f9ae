package fr.vigie.pipelines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fr.vigie.indicators.Measure;
import fr.vigie.indicators.Measure.Clock;
import fr.vigie.indicators.Measure.Exclusion;
import fr.vigie.indicators.Measure.Fate;
import fr.vigie.indicators.Measure.Keep;
import fr.vigie.indicators.Measure.Maturity;
import fr.vigie.indicators.Measure.Selection;
import fr.vigie.indicators.Predicate;
import fr.vigie.schema.GoldColumn;
import fr.vigie.schema.GoldColumn.Type;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Under which component a fact falls: out of the population, then not mature, then set aside, then counted (domaine 0.9 bis). */
class ClassificationTest {

    private static final Predicate INDEX = new Predicate.Flag(column("est_index", Type.BOOLEAN));
    private static final Predicate DEAD = new Predicate.Flag(column("est_decede", Type.BOOLEAN));
    private static final Predicate YOUNG =
            new Predicate.Threshold(column("age", Type.UNCERTAIN), Predicate.Operator.LESS, 16);
    private static final Selection EVERYTHING = new Selection("sortie", List.of(), Optional.empty(), List.of());

    private static GoldColumn column(String name, Type type) {
        return new GoldColumn(name, type, "", List.of());
    }

    private static Selection selection(Optional<Maturity> maturity) {
        return new Selection(
                "sortie",
                List.of(new Keep("PAS_INDEX", INDEX), new Keep("MAJEUR", YOUNG), new Keep("PAS_INDEX", DEAD)),
                maturity,
                List.of(new Exclusion("DECES", DEAD, Fate.SET_ASIDE), new Exclusion("JEUNE", YOUNG, Fate.SET_ASIDE)));
    }

    @Test
    void theRulesAreAskedInTheOrderOfTheFunnel() {
        String young =
                "coalesce((CASE WHEN age_max <= 15 THEN true WHEN age_min IS NULL OR age_min > 15 THEN false END), false)";
        assertEquals(
                "CASE WHEN NOT coalesce(coalesce(est_index, false), false) THEN 'H:PAS_INDEX'"
                        + " WHEN NOT " + young + " THEN 'H:MAJEUR'"
                        + " WHEN NOT coalesce(coalesce(est_decede, false), false) THEN 'H:PAS_INDEX'"
                        + " WHEN NOT (CAST(date_add(jour, 31) AS TIMESTAMP) <= :limite) THEN 'E'"
                        + " WHEN coalesce(coalesce(est_decede, false), false) THEN 'X:DECES'"
                        + " WHEN " + young + " THEN 'X:JEUNE' ELSE 'N' END",
                Classification.component(new Measure.Count(selection(Optional.of(new Maturity(Clock.DAYS, 30))))));
    }

    @Test
    void secondsAreCountedFromTheLatestThatTheFactMayBe() {
        assertTrue(Classification.component(
                        new Measure.Count(selection(Optional.of(new Maturity(Clock.SECONDS, 3600)))))
                .contains("WHEN NOT (unix_timestamp(instant_max) + 3600 < unix_timestamp(:limite)) THEN 'E'"));
    }

    @Test
    void aRiskThatIsAFailureIsCountedWhereFailuresAre() {
        Selection high = new Selection(
                "sortie", List.of(), Optional.empty(), List.of(new Exclusion("DECES", DEAD, Fate.DENOMINATOR)));
        Selection low = new Selection(
                "sortie", List.of(), Optional.empty(), List.of(new Exclusion("DECES", DEAD, Fate.NUMERATOR)));
        String dead = "CASE WHEN coalesce(coalesce(est_decede, false), false) THEN ";
        assertTrue(Classification.component(new Measure.Proportion(high, INDEX)).startsWith(dead + "'D' ELSE "));
        assertTrue(Classification.component(new Measure.Proportion(low, INDEX)).startsWith(dead + "'N' ELSE "));
    }

    @Test
    void aMeasureOfEveryFactHasNoRule() {
        assertEquals("'N'", Classification.component(new Measure.Count(EVERYTHING)));
    }

    @Test
    void whatIsUndecidedIsToldApartInAProportionAndInARatio() {
        String young = "(CASE WHEN age_max <= 15 THEN true WHEN age_min IS NULL OR age_min > 15 THEN false END)";
        assertEquals(
                "CASE WHEN " + young + " THEN 'N' WHEN (" + young + ") IS NULL THEN 'I' ELSE 'D' END",
                Classification.component(new Measure.Proportion(EVERYTHING, YOUNG)));
        assertEquals(
                "CASE WHEN NOT (coalesce(" + young + ", false) OR coalesce(coalesce(est_index, false), false))"
                        + " THEN 'H:NI_NUMERATEUR_NI_DENOMINATEUR' ELSE CASE WHEN " + young
                        + " THEN CASE WHEN coalesce(coalesce(est_index, false), false) THEN 'N' ELSE 'R' END WHEN ("
                        + young + ") IS NULL THEN 'I' ELSE 'D' END END",
                Classification.component(new Measure.Ratio(EVERYTHING, YOUNG, INDEX)));
    }

    /** A day is known without its hour, so only a delay in seconds asks for the hour of its start; both ask for the length. */
    @Test
    void aDelayWithoutKnownLengthIsSetAside() {
        GoldColumn uncertain = column("delai_secondes", Type.UNCERTAIN);
        assertTrue(Classification.component(new Measure.Delay(EVERYTHING, uncertain, List.of(), Clock.SECONDS))
                .startsWith("CASE WHEN NOT (instant = instant_max) THEN 'X:HEURE_INCONNUE'"
                        + " WHEN NOT (delai_secondes_min <=> delai_secondes_max) THEN 'X:HEURE_INCONNUE' ELSE "));
        GoldColumn days = column("delai_jours", Type.UNCERTAIN);
        assertTrue(Classification.component(new Measure.Delay(EVERYTHING, days, List.of(), Clock.DAYS))
                .startsWith("CASE WHEN NOT (delai_jours_min <=> delai_jours_max) THEN 'X:HEURE_INCONNUE' ELSE "));
        GoldColumn certain = column("deces_jours", Type.INTEGER);
        assertEquals(
                "CASE WHEN coalesce(deces_jours <= datediff(:arret, jour), false) THEN 'F' ELSE 'C' END",
                Classification.component(new Measure.Delay(EVERYTHING, certain, List.of(), Clock.DAYS)));
    }

    @Test
    void whatComesFirstEndsTheObservation() {
        GoldColumn ended = column("reponse_jours", Type.INTEGER);
        GoldColumn death = column("deces_jours", Type.INTEGER);
        String observed = "least(datediff(:arret, jour), deces_jours)";
        assertEquals(
                "CAST(CASE WHEN coalesce(reponse_jours <= " + observed + ", false) THEN reponse_jours ELSE " + observed
                        + " END AS BIGINT)",
                Classification.bucket(new Measure.Delay(EVERYTHING, ended, List.of(death), Clock.DAYS)));
        assertEquals("CAST(NULL AS BIGINT)", Classification.bucket(new Measure.Count(EVERYTHING)));
    }

    /** PAS_INDEX stands twice: a person set aside for it is so before MAJEUR, whichever of the two rules it was. */
    @Test
    void aPersonIsToldByTheFactThatWentFurthestAndByTheFirstRuleThatSetsOneAside() {
        assertEquals(
                List.of("H:MAJEUR", "H:PAS_INDEX", "E", "X:JEUNE", "X:DECES", "D", "I", "N"),
                Classification.components(new Measure.Persons(selection(Optional.empty()), INDEX)));
    }
}
