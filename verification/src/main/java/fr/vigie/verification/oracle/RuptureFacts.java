package fr.vigie.verification.oracle;

import fr.vigie.indicators.RuptureRule;
import fr.vigie.indicators.RuptureRule.AfterDays;
import fr.vigie.indicators.RuptureRule.At;
import fr.vigie.indicators.RuptureRule.Occurrence;
import fr.vigie.indicators.RuptureRule.Version;
import fr.vigie.schema.GoldColumn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The facts {@code rupture} of one person: what the rules say of her other facts (domaine 2, 0.9 bis). */
final class RuptureFacts {

    private final Person person;
    private final List<RuptureRule> rules;
    private final Instant limit;

    RuptureFacts(Person person, List<RuptureRule> rules, Instant limit) {
        this.person = person;
        this.rules = rules;
        this.limit = limit;
    }

    private record Found(RuptureRule rule, Version version, Fact watched, Instant occurrence) {
        String anchor() {
            return Objects.requireNonNull(watched.text("ancre"));
        }
    }

    List<Fact> ruptures(Map<String, List<Fact>> facts) {
        List<Found> found = new ArrayList<>();
        for (RuptureRule rule : rules) {
            Map<String, Found> firsts = new HashMap<>();
            for (Fact watched : facts.getOrDefault(rule.fact(), List.of())) {
                Found one = found(rule, watched);
                if (one != null) {
                    String once = String.valueOf(watched.value(rule.oncePer().name()));
                    firsts.merge(once, one, RuptureFacts::first);
                }
            }
            found.addAll(firsts.values());
        }
        return found.stream().map(one -> fact(one, found)).toList();
    }

    /** At one instant, what the person met last. */
    private static Found first(Found one, Found other) {
        return Comparator.comparing(Found::occurrence)
                                .thenComparing(Found::anchor)
                                .thenComparing(found -> found.watched().instant(), Comparator.reverseOrder())
                                .compare(one, other)
                        <= 0
                ? one
                : other;
    }

    private @Nullable Found found(RuptureRule rule, Fact watched) {
        Optional<Version> version = rule.versions().stream()
                .filter(one -> !watched.jour().isBefore(one.since()))
                .filter(one -> one.until().isEmpty()
                        || !watched.jour().isAfter(one.until().get()))
                .findFirst();
        if (version.isEmpty()
                || !version.get().population().stream()
                        .allMatch(keep -> keep.keep().accept(new TruthOf(watched)) == Truth.TRUE)) {
            return null;
        }
        Instant occurrence = null;
        for (Occurrence one : version.get().occurrences()) {
            Instant instant = occurrence(one, watched);
            if (instant != null && (occurrence == null || instant.isBefore(occurrence))) {
                occurrence = instant;
            }
        }
        if (occurrence == null || !occurrence.isBefore(limit)) {
            return null;
        }
        Instant death = person.death();
        Instant prevention =
                rule.preventedBy().map(column -> instant(watched, column)).orElse(null);
        boolean isPrevented = prevention != null && prevention.isBefore(occurrence);
        boolean isAlive = death == null || death.isAfter(occurrence);
        return isPrevented || !isAlive ? null : new Found(rule, version.get(), watched, occurrence);
    }

    private static @Nullable Instant occurrence(Occurrence occurrence, Fact watched) {
        if (occurrence.when().isPresent() && occurrence.when().get().accept(new TruthOf(watched)) != Truth.TRUE) {
            return null;
        }
        if (occurrence instanceof AfterDays deadline) {
            return ParisTime.midnight(watched.jour().plusDays(deadline.days() + 1));
        }
        return instant(watched, ((At) occurrence).instant());
    }

    private static @Nullable Instant instant(Fact watched, GoldColumn column) {
        return (Instant) watched.value(column.name());
    }

    private Fact fact(Found one, List<Found> all) {
        Fact watched = one.watched;
        String absorbing = one.rule
                .absorbedBy()
                .filter(absorption -> all.stream()
                        .filter(other -> other.rule.code().equals(absorption.rule()))
                        .anyMatch(other -> other.anchor()
                                .equals(watched.text(absorption.through().name()))))
                .map(RuptureRule.Absorption::rule)
                .orElse(null);
        return FactBuilder.at("rupture", person, one.occurrence)
                .with("etablissement", watched.value("etablissement"))
                .with("dispositif", watched.value("dispositif"))
                .with("profession", watched.value("profession"))
                .with("mode", watched.value("mode"))
                .with("regle", one.rule.code())
                .with("version_regle", (long) one.version.number())
                .with("ancre", one.anchor())
                .with("close_le", closing(one))
                .with("severite", severity(one))
                .with("absorbee_par", absorbing)
                .build();
    }

    private @Nullable Instant closing(Found one) {
        List<Instant> closings = new ArrayList<>();
        for (GoldColumn column : one.rule.closedBy()) {
            Instant instant = instant(one.watched, column);
            if (instant != null && instant.isBefore(limit)) {
                closings.add(instant);
            }
        }
        Instant death = person.death();
        if (one.rule.isClosedByDeath() && death != null) {
            closings.add(death);
        }
        return closings.stream().min(Comparator.naturalOrder()).orElse(null);
    }

    private long severity(Found one) {
        var day = ParisTime.dayOf(one.occurrence);
        long vulnerabilities = person.vulnerabilitesOn(day).stream()
                .filter(code -> !code.equals("AUCUNE"))
                .count();
        boolean isFragile = person.isEnAld()
                || person.birth().leastAgeOn(day) >= RuptureRule.FRAGILE_AGE
                || vulnerabilities >= RuptureRule.FRAGILE_VULNERABILITIES;
        return Math.min(RuptureRule.MOST_SEVERE, one.rule.severity() + (isFragile ? RuptureRule.FRAGILITY : 0));
    }
}
