package fr.vigie.indicators.oracle;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The facts {@code etape} of one chain: what was sent together, what was refused in a row, who was asked for the first time (domaine.md 2 RUP-04). */
final class EtapeFacts {

    private static final long SECONDS_OF_24_H = 24 * 3600;

    private final Person person;
    private final String chain;
    private final Instant limit;
    private final List<SilverRow> emitted;
    private final @Nullable Instant realisation;

    /** @param rows the orientations of the chain in order of time */
    EtapeFacts(Person person, List<SilverRow> rows, String chain, Instant limit) {
        this.person = person;
        this.chain = chain;
        this.limit = limit;
        emitted = rows.stream()
                .filter(row -> !row.isOneOf("statut", "BROUILLON"))
                .filter(row -> !row.isOneOf("statut", "ANNULEE") || isYetToCome(row, "date_cloture"))
                .toList();
        realisation = emitted.stream()
                .filter(row -> row.isOneOf("statut", "REALISEE") && !isYetToCome(row, "date_realisation"))
                .map(row -> dated(row, "date_realisation"))
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    List<Fact> etapes() {
        List<Fact> facts = new ArrayList<>();
        Set<String> known = new HashSet<>();
        List<LocalDate> daysWithNew = new ArrayList<>();
        long refusals = 0;
        Instant lastRefusal = null;
        for (List<SilverRow> step : steps()) {
            SilverRow opening = step.get(0);
            if (step.stream().allMatch(this::isRefused)) {
                refusals++;
                for (SilverRow row : step) {
                    Instant answer = dated(row, "date_reponse");
                    lastRefusal = lastRefusal == null || answer.isAfter(lastRefusal) ? answer : lastRefusal;
                }
            } else {
                refusals = 0;
                lastRefusal = null;
            }
            Instant firstToNew = step.stream()
                    .filter(row -> !known.contains(destinataire(row)))
                    .map(row -> row.requiredInstant("date_emission"))
                    .findFirst()
                    .orElse(null);
            step.forEach(row -> known.add(destinataire(row)));
            FactBuilder fact = FactBuilder.dated(
                            "etape", person, opening, "date_emission", opening.text("commune_insee"))
                    .with(
                            "etablissement",
                            opening.isOneOf("destinataire_type", "ES") ? opening.text("destinataire_id") : null)
                    .with(
                            "dispositif",
                            opening.isOneOf("destinataire_type", "ES", "PRO", "STRUCTURE", "PATIENT", "AUTRE")
                                    ? null
                                    : opening.text("destinataire_id"))
                    .with("ancre", chain)
                    .with("refus_successifs", refusals)
                    .with("refus_le", lastRefusal)
                    .with("nouveau_destinataire_le", firstToNew)
                    .with("realisation_le", realisation);
            if (firstToNew != null) {
                LocalDate day = ParisTime.dayOf(firstToNew);
                int before = daysWithNew.size() - 2;
                fact.with(
                        "jours_depuis_2_destinataires",
                        before < 0 ? null : Long.valueOf(ParisTime.days(daysWithNew.get(before), day)));
                daysWithNew.add(day);
            }
            facts.add(fact.build());
        }
        return facts;
    }

    private List<List<SilverRow>> steps() {
        List<List<SilverRow>> steps = new ArrayList<>();
        Instant before = null;
        for (SilverRow row : emitted) {
            Instant emission = row.requiredInstant("date_emission");
            if (before == null || ParisTime.seconds(before, emission) >= SECONDS_OF_24_H) {
                steps.add(new ArrayList<>());
            }
            steps.get(steps.size() - 1).add(row);
            before = emission;
        }
        return steps;
    }

    private boolean isRefused(SilverRow row) {
        return row.isOneOf("statut", "REFUSEE", "REORIENTEE") && !isYetToCome(row, "date_reponse");
    }

    private static String destinataire(SilverRow row) {
        return row.text("destinataire_type") + "|" + row.text("destinataire_id");
    }

    /** What is not dated counts at the emission. */
    private static Instant dated(SilverRow row, String column) {
        Instant told = row.instant(column);
        return told == null ? row.requiredInstant("date_emission") : told;
    }

    private boolean isYetToCome(SilverRow row, String column) {
        Instant instant = row.instant(column);
        return instant != null && !instant.isBefore(limit);
    }
}
