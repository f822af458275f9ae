package fr.vigie.verification.oracle;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** When a missed rendez-vous of a person was followed by the taking of another one for the same need (domaine 2 RUP-05). */
final class Reprises {

    private static final long SECONDS_OF_15_MIN = 900;

    private final List<SilverRow> taken;

    Reprises(List<SilverRow> rendezVous, Instant limit) {
        this.taken = rendezVous.stream()
                .filter(row -> !row.isOneOf("statut", "ERREUR", "DEMANDE", "PROPOSE"))
                .filter(row -> row.requiredInstant(columnOfTaking(row)).isBefore(limit))
                .toList();
    }

    /** Null for what was not missed. */
    @Nullable
    Instant after(SilverRow missed) {
        if (!missed.isOneOf("statut", "NON_HONORE")) {
            return null;
        }
        Instant start = missed.requiredInstant("date_heure_debut");
        Instant first = null;
        for (SilverRow row : taken) {
            String column = columnOfTaking(row);
            if (Objects.equals(row.text("profession"), missed.text("profession"))
                    && row.requiredInstant("date_heure_debut").isAfter(start)
                    && !row.requiredLatest(column).isBefore(start)
                    && !isTheSame(row, missed)) {
                Instant told = row.requiredInstant(column);
                Instant taking = told.isBefore(start) ? start : told;
                first = first == null || taking.isBefore(first) ? taking : first;
            }
        }
        return first;
    }

    private static String columnOfTaking(SilverRow row) {
        return row.instant("date_heure_prise") == null ? "date_heure_debut" : "date_heure_prise";
    }

    /** The missed one as another source tells it. */
    private static boolean isTheSame(SilverRow row, SilverRow missed) {
        String rpps = row.text("rpps");
        return rpps != null
                && rpps.equals(missed.text("rpps"))
                && !row.requiredText("source").equals(missed.text("source"))
                && Math.abs(ParisTime.seconds(
                                row.requiredInstant("date_heure_debut"), missed.requiredInstant("date_heure_debut")))
                        <= SECONDS_OF_15_MIN;
    }
}
