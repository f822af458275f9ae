package fr.vigie.demonstration;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Optional;

/** What sources correct afterwards: the same identifier, a later {@code date_maj}, something else said. */
final class LateCorrections {

    private static final double SHARE = 0.01;

    private static final Map<String, String> STATUT_RENDEZ_VOUS = Map.of(
            "HONORE", "NON_HONORE",
            "NON_HONORE", "ANNULE_PATIENT",
            "ANNULE_PATIENT", "NON_HONORE",
            "ANNULE_PRO", "ANNULE_PATIENT",
            "CONFIRME", "HONORE",
            "PROPOSE", "ERREUR",
            "DEMANDE", "ERREUR");
    private static final Map<String, String> STATUT_ORIENTATION = Map.of(
            "EMISE", "RECUE",
            "RECUE", "EN_ANALYSE",
            "EN_ANALYSE", "EXPIREE",
            "COMPLEMENT", "EN_ANALYSE",
            "BROUILLON", "ERREUR",
            "REFUSEE", "REORIENTEE",
            "LISTE_ATTENTE", "REFUSEE",
            "EXPIREE", "ANNULEE",
            "ANNULEE", "EXPIREE");

    private final LocalDateTime start;
    private final LocalDateTime cutoff;

    LateCorrections(DemonstrationParameters parameters) {
        this.start = parameters.start().atStartOfDay();
        this.cutoff = parameters.cutoff();
    }

    Optional<Line> of(Line line, Draws draws) {
        if (!draws.chance(SHARE)) {
            return Optional.empty();
        }
        LocalDateTime corrected = later(line.value("date_maj"), draws);
        return corrected.isBefore(start) || corrected.isAfter(cutoff)
                ? Optional.empty()
                : changed(line.copy(), corrected, draws).map(copy -> copy.with("date_maj", corrected));
    }

    private static Optional<Line> changed(Line line, LocalDateTime corrected, Draws draws) {
        return switch (line.feed()) {
            case PATIENTS -> Optional.of(line.with("qpv", "O".equals(line.value("qpv")) ? "N" : "O"));
            case DECLARATIONS_MT ->
                line.value("date_fin").isEmpty()
                        ? Optional.of(
                                line.with("date_fin", corrected.toLocalDate()).with("motif_fin", "CHANGEMENT"))
                        : Optional.empty();
            case ORIENTATIONS -> translated(line, STATUT_ORIENTATION);
            case RENDEZ_VOUS -> translatedRendezVous(line, corrected);
            case EVENEMENTS -> corrected(line, draws);
            case CRENEAUX -> Optional.of(line.with("duree_min", 30));
            case PROFESSIONNELS -> Optional.of(line.with("msu", true).with("msu_debut", line.value("date_debut")));
        };
    }

    /** A planned rendez-vous that still lies ahead cannot be said honoured. */
    private static Optional<Line> translatedRendezVous(Line line, LocalDateTime corrected) {
        LocalDateTime debut = moment(line.value("date_heure_debut"));
        return debut.isAfter(corrected)
                ? Optional.empty()
                : translated(line, STATUT_RENDEZ_VOUS).map(copy -> copy.with("date_heure_statut", corrected));
    }

    private static Optional<Line> corrected(Line line, Draws draws) {
        return switch (line.value("type")) {
            case "HOSPI_SORTIE" ->
                "8".equals(line.value("mode_sortie")) ? Optional.of(line.with("destination", "7")) : Optional.empty();
            case "URG_PASSAGE" -> Optional.of(line.with("ccmu", Integer.toString(draws.between(2, 3))));
            default -> Optional.empty();
        };
    }

    private static Optional<Line> translated(Line line, Map<String, String> statuts) {
        String statut = statuts.get(line.value("statut"));
        return statut == null ? Optional.empty() : Optional.of(line.with("statut", statut));
    }

    private static LocalDateTime later(String version, Draws draws) {
        return moment(version).plusMinutes(draws.minutesOfHours(24 * 6, 0.8) + 1);
    }

    private static LocalDateTime moment(String text) {
        LocalDate day = LocalDate.of(number(text, 6, 10), number(text, 3, 5), number(text, 0, 2));
        return day.atTime(number(text, 11, 13), number(text, 14, 16));
    }

    private static int number(String text, int start, int end) {
        return Integer.parseInt(text, start, end, 10);
    }
}
