package fr.vigie.verification.oracle;

import fr.vigie.indicators.Measure;
import fr.vigie.indicators.Measure.Clock;
import fr.vigie.indicators.Measure.Delay;
import fr.vigie.indicators.Measure.Exclusion;
import fr.vigie.indicators.Measure.Fate;
import fr.vigie.indicators.Measure.Keep;
import fr.vigie.indicators.Measure.Maturity;
import fr.vigie.indicators.Measure.Proportion;
import fr.vigie.indicators.Measure.Ratio;
import fr.vigie.indicators.Measure.Selection;
import fr.vigie.indicators.Predicate;
import fr.vigie.schema.GoldColumn;
import fr.vigie.schema.GoldColumn.Type;
import fr.vigie.verification.oracle.KaplanMeier.Spell;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a reading makes of one fact.
 *
 * @param rule index of the rule that set it aside, in the order of the definition; 0 otherwise
 * @param reason of that rule; empty otherwise
 * @param denominator false only in a ratio of which the fact is not in the lower part
 * @param spell of a counted fact of a delay
 */
record Judged(
        Fact fact,
        Stage stage,
        int rule,
        String reason,
        Truth numerator,
        Truth denominator,
        @Nullable Spell spell) {

    /** In order of precedence (domaine 0.9 bis). */
    enum Stage {
        OUT_OF_POPULATION,
        IMMATURE,
        EXCLUDED,
        COUNTED
    }

    private static final String NEITHER = "NI_NUMERATEUR_NI_DENOMINATEUR";
    private static final String UNKNOWN_HOUR = "HEURE_INCONNUE";

    static Judged of(Fact fact, Measure measure, Instant limit) {
        Selection selection = measure.selection();
        int rule = 0;
        for (Keep keep : selection.population()) {
            if (truth(keep.keep(), fact) != Truth.TRUE) {
                return aside(fact, Stage.OUT_OF_POPULATION, rule, keep.reason());
            }
            rule++;
        }
        if (measure instanceof Ratio
                && numerator(measure, fact) != Truth.TRUE
                && denominator(measure, fact) != Truth.TRUE) {
            return aside(fact, Stage.OUT_OF_POPULATION, rule, NEITHER);
        }
        if (selection.maturity().isPresent()
                && !isMature(fact, selection.maturity().get(), limit)) {
            return aside(fact, Stage.IMMATURE, 0, "");
        }
        if (measure instanceof Delay delay && hasUnknownHour(fact, delay)) {
            return aside(fact, Stage.EXCLUDED, 0, UNKNOWN_HOUR);
        }
        rule = 1;
        for (Exclusion exclusion : selection.exclusions()) {
            if (truth(exclusion.when(), fact) == Truth.TRUE) {
                return exclusion.fate() == Fate.SET_ASIDE
                        ? aside(fact, Stage.EXCLUDED, rule, exclusion.reason())
                        : failed(fact, exclusion.fate());
            }
            rule++;
        }
        if (measure instanceof Delay delay) {
            return new Judged(fact, Stage.COUNTED, 0, "", Truth.FALSE, Truth.TRUE, spell(fact, delay, limit));
        }
        return new Judged(fact, Stage.COUNTED, 0, "", numerator(measure, fact), denominator(measure, fact), null);
    }

    private static Judged aside(Fact fact, Stage stage, int rule, String reason) {
        return new Judged(fact, stage, rule, reason, Truth.FALSE, Truth.FALSE, null);
    }

    /** What the risk prevented has failed, whatever comes after it. */
    private static Judged failed(Fact fact, Fate fate) {
        return new Judged(fact, Stage.COUNTED, 0, "", Truth.of(fate == Fate.NUMERATOR), Truth.TRUE, null);
    }

    private static Truth numerator(Measure measure, Fact fact) {
        if (measure instanceof Proportion proportion) {
            return truth(proportion.numerator(), fact);
        }
        if (measure instanceof Ratio ratio) {
            return truth(ratio.numerator(), fact);
        }
        if (measure instanceof Measure.State state) {
            return truth(state.numerator(), fact);
        }
        if (measure instanceof Measure.Persons persons) {
            return truth(persons.numerator(), fact);
        }
        return Truth.TRUE;
    }

    private static Truth denominator(Measure measure, Fact fact) {
        return measure instanceof Ratio ratio ? truth(ratio.denominator(), fact) : Truth.TRUE;
    }

    private static Truth truth(Predicate predicate, Fact fact) {
        return predicate.accept(new TruthOf(fact));
    }

    private static boolean isMature(Fact fact, Maturity maturity, Instant limit) {
        return maturity.clock() == Clock.SECONDS
                ? fact.instantMax().plusSeconds(maturity.length()).isBefore(limit)
                : !ParisTime.midnight(fact.jour().plusDays(maturity.length() + 1))
                        .isAfter(limit);
    }

    private static boolean hasUnknownHour(Fact fact, Delay delay) {
        GoldColumn ended = delay.endedAfter();
        boolean boundsDiffer = ended.type() == Type.UNCERTAIN
                && !Objects.equals(fact.number(ended.name() + "_min"), fact.number(ended.name() + "_max"));
        boolean hourMatters = delay.clock() == Clock.SECONDS;
        return boundsDiffer || (hourMatters && !fact.instant().equals(fact.instantMax()));
    }

    /** Observed until what comes first; an end at the very time of a censoring is an end. */
    private static Spell spell(Fact fact, Delay delay, Instant limit) {
        Instant dateArret = ParisTime.dateArret(limit);
        // A fact of the very minute of the date d'arrêt has not been observed at all.
        long observed = delay.clock() == Clock.SECONDS
                ? Math.max(0, ParisTime.seconds(fact.instant(), dateArret))
                : ParisTime.days(fact.jour(), ParisTime.dayOf(dateArret));
        for (GoldColumn column : delay.censoredAfter()) {
            Long censored = duration(fact, column);
            observed = censored == null ? observed : Math.min(observed, censored);
        }
        Long ended = duration(fact, delay.endedAfter());
        return ended != null && ended <= observed ? new Spell(ended, true) : new Spell(observed, false);
    }

    private static @Nullable Long duration(Fact fact, GoldColumn column) {
        return fact.number(column.type() == Type.UNCERTAIN ? column.name() + "_min" : column.name());
    }

    static List<Judged> all(List<Fact> facts, Measure measure, Instant limit) {
        return facts.stream().map(fact -> of(fact, measure, limit)).toList();
    }
}
