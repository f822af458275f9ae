package fr.vigie.indicators;

import fr.vigie.schema.GoldColumn;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How an indicator counts. A new indicator of an existing kind is one file; a new kind is a code change here, in the compiler and in the oracle. */
public sealed interface Measure {

    /** Which facts are looked at, and which of them are set aside with a reason. */
    Selection selection();

    /**
     * @param fact the gold table
     * @param population what a fact must be to be counted; the first one that it is not gives the reason {@code HORS_POPULATION}
     * @param maturity how long after the fact its outcome is known; younger facts are {@code EN_COURS}
     * @param exclusions why a mature fact of the population is set aside, or fails; the first that fits decides
     */
    record Selection(String fact, List<Keep> population, Optional<Maturity> maturity, List<Exclusion> exclusions) {
        public Selection {
            population = List.copyOf(population);
            exclusions = List.copyOf(exclusions);
        }
    }

    /** A condition of the population; an undecided one does not keep. */
    record Keep(String reason, Predicate keep) {}

    /** A reason of exclusion; an undecided one does not exclude. */
    record Exclusion(String reason, Predicate when, Fate fate) {}

    /** What becomes of a fact that an exclusion fits: set aside, or a failure whatever comes after (domaine 0.5, 0.9 bis « risque-echec »). */
    enum Fate {
        /** {@code EXCLU}, told by its reason. */
        SET_ASIDE,
        /** In the denominator only: the failure of a share that should be high. */
        DENOMINATOR,
        /** In the numerator: the failure of a share that should be low. */
        NUMERATOR
    }

    /** Elapsed seconds after the (latest possible) instant of the fact, or whole civil days after its day (domaine 0.5, 0.9 bis). */
    record Maturity(Clock clock, long length) {}

    /** What durations are counted in. */
    enum Clock {
        /** Elapsed seconds between instants. */
        SECONDS("seconds", "secondes", "heures"),
        /** Differences of civil days in Paris. */
        DAYS("days", "jours", "jours");

        private final String word;
        private final String named;
        private final String unit;

        Clock(String word, String named, String unit) {
            this.word = word;
            this.named = named;
            this.unit = unit;
        }

        /** As a definition says it. */
        String word() {
            return word;
        }

        /** What a delay is read in: seconds make hours, divided by 3600. */
        public String unit() {
            return unit;
        }

        /** That of a column, which has its unit in its name; absent for what is no duration. */
        static Optional<Clock> of(GoldColumn column) {
            boolean isNumber = column.type() == GoldColumn.Type.INTEGER || column.type() == GoldColumn.Type.UNCERTAIN;
            return Stream.of(values())
                    .filter(clock ->
                            isNumber && List.of(column.name().split("_")).contains(clock.named))
                    .findFirst();
        }
    }

    /** Numerator over denominator, of facts; an undecided numerator counts as not reached, and apart as {@code INDETERMINE}. */
    record Proportion(Selection selection, Predicate numerator) implements Measure {}

    /** Facts of one sort over facts of another sort (TLC over face to face); both drawn from the selection. */
    record Ratio(Selection selection, Predicate numerator, Predicate denominator) implements Measure {}

    /** Number of facts. */
    record Count(Selection selection) implements Measure {}

    /**
     * Open delay: median of Kaplan-Meier (domaine 0.5, 0.9 bis).
     *
     * @param endedAfter duration to the end; null when not ended
     * @param censoredAfter durations to what stops the observation; the date d'arrêt always does
     * @param clock of every one of them
     */
    record Delay(Selection selection, GoldColumn endedAfter, List<GoldColumn> censoredAfter, Clock clock)
            implements Measure {
        public Delay {
            censoredAfter = List.copyOf(censoredAfter);
        }
    }

    /** Persons in a state on the last day of the period: of a table with one row per person and month, the row of the period's last month. */
    record State(Selection selection, Predicate numerator) implements Measure {}

    /** Persons with at least one fact of the population in the period, and among them those with one that meets the numerator. */
    record Persons(Selection selection, Predicate numerator) implements Measure {}
}
