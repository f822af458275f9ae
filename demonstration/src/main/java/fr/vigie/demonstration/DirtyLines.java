package fr.vigie.demonstration;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What real exports get wrong, a few times in a thousand: far from the refusal of a file, enough to see the rejects and the warnings
 * (domaine 3.4, contrat.md 2).
 */
final class DirtyLines {

    private static final double SHARE = 0.0035;
    /** Spreadsheets take the zero of 09122 away: only Ariège shows it here, so it is spoilt more often. */
    private static final double LOST_ZERO_SHARE = 0.03;

    private static final Weighted KINDS = Weighted.of(
            "REPEATED=24 IMPOSSIBLE_DATE=18 SHORT_YEAR=14 UNKNOWN_CODE=16 UNKNOWN_COMMUNE=14 EXTRA_COLUMN=8 SKIPPED_HOUR=6");

    private static final Map<DemonstrationFeed, String> DATES = Map.of(
            DemonstrationFeed.PATIENTS, "date_naissance",
            DemonstrationFeed.DECLARATIONS_MT, "date_debut",
            DemonstrationFeed.ORIENTATIONS, "date_emission",
            DemonstrationFeed.RENDEZ_VOUS, "date_heure_debut",
            DemonstrationFeed.EVENEMENTS, "date_heure",
            DemonstrationFeed.CRENEAUX, "date_heure_debut",
            DemonstrationFeed.PROFESSIONNELS, "date_debut");
    private static final Map<DemonstrationFeed, String> CODES = Map.of(
            DemonstrationFeed.PATIENTS, "sexe",
            DemonstrationFeed.DECLARATIONS_MT, "motif_fin",
            DemonstrationFeed.ORIENTATIONS, "statut",
            DemonstrationFeed.RENDEZ_VOUS, "statut",
            DemonstrationFeed.EVENEMENTS, "type",
            DemonstrationFeed.CRENEAUX, "profession",
            DemonstrationFeed.PROFESSIONNELS, "profession");
    private static final Map<DemonstrationFeed, String> COMMUNES = Map.of(
            DemonstrationFeed.PATIENTS, "commune_insee",
            DemonstrationFeed.ORIENTATIONS, "commune_insee",
            DemonstrationFeed.RENDEZ_VOUS, "commune_lieu",
            DemonstrationFeed.EVENEMENTS, "commune_insee",
            DemonstrationFeed.CRENEAUX, "commune_lieu",
            DemonstrationFeed.PROFESSIONNELS, "commune_exercice");

    private final DemonstrationParameters parameters;

    DirtyLines(DemonstrationParameters parameters) {
        this.parameters = parameters;
    }

    /** What to write in place of the line; nothing when it stays as it is. */
    List<String[]> spoil(Line line, Draws draws) {
        String communeColumn = COMMUNES.getOrDefault(line.feed(), "");
        String commune = communeColumn.isEmpty() ? "" : line.value(communeColumn);
        if (commune.startsWith("0") && draws.chance(LOST_ZERO_SHARE)) {
            return one(line.copy().with(communeColumn, commune.substring(1)));
        }
        if (!draws.chance(SHARE)) {
            return List.of();
        }
        return spoiltAs(KINDS.draw(draws), line, communeColumn, commune);
    }

    private List<String[]> spoiltAs(String kind, Line line, String communeColumn, String commune) {
        String dateColumn = DATES.getOrDefault(line.feed(), "");
        String date = line.value(dateColumn);
        String codeColumn = CODES.getOrDefault(line.feed(), "");
        return switch (kind) {
            case "IMPOSSIBLE_DATE" -> one(line.copy().with(dateColumn, "31/02" + date.substring(5)));
            case "SHORT_YEAR" -> one(line.copy().with(dateColumn, date.substring(0, 6) + date.substring(8)));
            case "UNKNOWN_CODE" -> one(line.copy().with(codeColumn, "CODE_MAISON"));
            case "EXTRA_COLUMN" -> {
                String[] longer = Arrays.copyOf(line.values(), line.values().length + 1);
                longer[longer.length - 1] = "vu";
                yield List.<String[]>of(longer);
            }
            case "UNKNOWN_COMMUNE" ->
                commune.isEmpty() ? repeated(line) : one(line.copy().with(communeColumn, "99999"));
            case "SKIPPED_HOUR" -> {
                LocalDate skipped = lastSpringForward();
                boolean fits = line.feed() == DemonstrationFeed.RENDEZ_VOUS && !skipped.isBefore(parameters.start());
                yield fits ? one(line.copy().with(dateColumn, FrenchDates.day(skipped) + " 02:30")) : repeated(line);
            }
            default -> repeated(line);
        };
    }

    private LocalDate lastSpringForward() {
        LocalDate sunday = FrenchDates.springForward(parameters.end().getYear());
        return sunday.isAfter(parameters.end()) ? FrenchDates.springForward(sunday.getYear() - 1) : sunday;
    }

    private static List<String[]> repeated(Line line) {
        return List.of(line.values(), line.values());
    }

    private static List<String[]> one(Line line) {
        return List.<String[]>of(line.values());
    }
}
