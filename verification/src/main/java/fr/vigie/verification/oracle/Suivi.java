package fr.vigie.verification.oracle;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who has met a person: honoured rendez-vous of any profession and mode, and contacts of an accompagnement (domaine 2 RUP-01). */
final class Suivi {

    private final List<SilverRow> honoured;
    private final List<SilverRow> contacts;

    Suivi(List<SilverRow> countedRendezVous, List<SilverRow> evenements) {
        honoured = countedRendezVous.stream()
                .filter(row -> row.isOneOf("statut", "HONORE"))
                .toList();
        contacts = evenements.stream()
                .filter(row -> row.isOneOf("type", "ACCOMP_CONTACT"))
                .toList();
    }

    @Nullable
    Instant firstHonouredFrom(Instant instant) {
        return honouredFrom(instant).min(Comparator.naturalOrder()).orElse(null);
    }

    @Nullable
    Instant firstFrom(Instant instant) {
        Stream<Instant> met = contacts.stream()
                .filter(row -> !row.requiredLatest("date_heure").isBefore(instant))
                .map(row -> notBefore(instant, row.requiredInstant("date_heure")));
        return Stream.concat(met, honouredFrom(instant))
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    private Stream<Instant> honouredFrom(Instant instant) {
        return honoured.stream()
                .filter(row -> !row.requiredLatest("date_heure_debut").isBefore(instant))
                .map(row -> notBefore(instant, row.requiredInstant("date_heure_debut")));
    }

    /** What is known by its day only may have come after an hour of that day. */
    private static Instant notBefore(Instant floor, Instant told) {
        return told.isBefore(floor) ? floor : told;
    }
}
