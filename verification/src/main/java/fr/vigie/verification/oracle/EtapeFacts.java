package fr.vigie.verification.oracle;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The facts {@code etape} of one chain: what was sent together, what was refused in a row, who was asked for the first time (domaine 2 RUP-04). */
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
        List<List<SilverRow>> steps = steps();
        List<Optional<Instant>> refusals = steps.stream().map(this::refusal).toList();
        for (int index = 0; index < steps.size(); index++) {
            List<SilverRow> step = steps.get(index);
            SilverRow opening = step.get(0);
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
                    .with("refus_successifs", refusedInARow(refusals, index))
                    .with("refus_le", refusals.get(index).orElse(null))
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

    /** When the whole step is known to be refused; empty when it is not. */
    private Optional<Instant> refusal(List<SilverRow> step) {
        return step.stream().allMatch(this::isRefused)
                ? step.stream().map(row -> dated(row, "date_reponse")).max(Comparator.naturalOrder())
                : Optional.empty();
    }

    /** How many steps in a row, this one among them, are known to be refused when this one is. */
    private static long refusedInARow(List<Optional<Instant>> refusals, int index) {
        if (refusals.get(index).isEmpty()) {
            return 0;
        }
        Instant now = refusals.get(index).get();
        int first = index;
        while (first > 0 && isKnown(refusals.get(first - 1), now)) {
            first--;
        }
        int last = index;
        while (last + 1 < refusals.size() && isKnown(refusals.get(last + 1), now)) {
            last++;
        }
        return last - first + 1L;
    }

    private static boolean isKnown(Optional<Instant> refusal, Instant now) {
        return refusal.isPresent() && !refusal.get().isAfter(now);
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
