package fr.vigie.dashboards;

import java.util.List;
import java.util.Optional;

/** The steps of one indicator over one period, from the facts that were read to those that succeed. */
final class Funnel {

    private final List<FunnelCount> counts;

    private Funnel(List<FunnelCount> counts) {
        this.counts = counts;
    }

    /** Nothing when no fact was read. */
    static Optional<Funnel> of(String code, List<FunnelCount> all) {
        Funnel funnel = new Funnel(
                all.stream().filter(count -> count.indicateur().equals(code)).toList());
        return funnel.facts() > 0 ? Optional.of(funnel) : Optional.empty();
    }

    String period() {
        return counts.get(0).periode();
    }

    /** One row per step and reason, in the order in which facts leave. */
    List<FunnelCount> counts() {
        return counts;
    }

    long facts() {
        return sum("FAITS");
    }

    /** Facts that the question is about. */
    long population() {
        return facts() - sum("HORS_POPULATION");
    }

    /** Those whose window is not over. */
    long immature() {
        return sum("EN_COURS");
    }

    long observed() {
        return population() - immature();
    }

    long kept() {
        return sum("DENOMINATEUR");
    }

    /** Among those kept: counted as not reached, because an hour or a date is not known well enough. */
    long indeterminate() {
        return sum("INDETERMINE");
    }

    long reached() {
        return sum("NUMERATEUR");
    }

    private long sum(String step) {
        return counts.stream()
                .filter(count -> count.etape().equals(step))
                .mapToLong(FunnelCount::effectif)
                .sum();
    }
}
