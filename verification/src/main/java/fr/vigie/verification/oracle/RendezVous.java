package fr.vigie.verification.oracle;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** The rendez-vous of one person as they count: last links of the chains of reports, once when two sources tell them (domaine 0.3, 0.9 bis). */
final class RendezVous {

    private static final Set<String> AGENDAS = Set.of("SAS", "48HC", "DOCTOLIB", "MAIIA", "KELDOC", "AGENDA");
    private static final long SECONDS_OF_15_MIN = 900;

    private final List<SilverRow> counted;

    RendezVous(List<SilverRow> rows) {
        List<SilverRow> kept =
                rows.stream().filter(row -> !row.isOneOf("statut", "ERREUR")).toList();
        List<SilverRow> lastLinks = kept.stream()
                .filter(row ->
                        row.isOneOf("statut", "NON_HONORE") || kept.stream().noneMatch(other -> replaces(other, row)))
                .toList();
        counted = lastLinks.stream()
                // Also the better source's link that was reported: what repeats it is no rendez-vous of its own.
                .filter(row -> kept.stream().noneMatch(other -> isSameFromBetterSource(other, row)))
                .sorted(Comparator.<SilverRow, Instant>comparing(row -> row.requiredInstant("date_heure_debut"))
                        .thenComparing(row -> row.requiredText("rdv_id"))
                        .thenComparing(row -> row.requiredText("source")))
                .toList();
    }

    /** In order of time. */
    List<SilverRow> counted() {
        return counted;
    }

    /** Those that may answer a sortie: a general practitioner or a dedicated slot, and not by telephone. */
    List<SilverRow> admissible() {
        return counted.stream()
                .filter(row -> row.isOneOf("profession", "MG") || row.isTrue("creneau_dedie"))
                .filter(row -> row.isOneOf("mode", "PRES", "TLC", "VAD"))
                .toList();
    }

    private static boolean replaces(SilverRow other, SilverRow row) {
        return row.requiredText("rdv_id").equals(other.text("rdv_remplace_id"))
                && row.requiredText("source").equals(other.text("source"));
    }

    private static boolean isSameFromBetterSource(SilverRow other, SilverRow row) {
        String rpps = row.text("rpps");
        return rpps != null
                && rpps.equals(other.text("rpps"))
                && Math.abs(ParisTime.seconds(
                                row.requiredInstant("date_heure_debut"), other.requiredInstant("date_heure_debut")))
                        <= SECONDS_OF_15_MIN
                && isBetter(other.requiredText("source"), row.requiredText("source"));
    }

    private static boolean isBetter(String source, String than) {
        boolean isAgenda = AGENDAS.contains(source);
        return isAgenda == AGENDAS.contains(than) ? source.compareTo(than) < 0 : isAgenda;
    }
}
