package fr.vigie.verification.oracle;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where a person lives, day by day (domaine 0.9 bis). Of a day, the first that says something decides: a dated row of {@code patients} that
 * covers it (the one begun last), the last DEMENAGEMENT of that day or before, a row without dates.
 */
final class Residence {

    /** What decides of a day; {@code row} is null when nothing does. {@code commune} is null when empty or unknown to the référentiel. */
    private record Said(@Nullable SilverRow row, @Nullable String commune, boolean byMove) {}

    private final Referentiel referentiel;
    private final Instant limit;
    private final List<SilverRow> dated = new ArrayList<>();
    private final List<SilverRow> moves = new ArrayList<>();
    private final List<SilverRow> undated = new ArrayList<>();
    private final TreeSet<LocalDate> daysOfChange = new TreeSet<>();

    /**
     * @param rows the person's rows of {@code patients}, the one to believe last
     * @param moves the person's DEMENAGEMENT events, in order of time, none at or after the limit
     */
    Residence(List<SilverRow> rows, List<SilverRow> moves, Referentiel referentiel, Instant limit) {
        this.referentiel = referentiel;
        this.limit = limit;
        for (SilverRow row : rows) {
            LocalDate start = row.day("commune_debut");
            LocalDate end = row.day("commune_fin");
            if (start == null && end == null) {
                if (row.text("commune_insee") != null) {
                    undated.add(row);
                }
            } else if (start == null || ParisTime.midnight(start).isBefore(limit)) {
                dated.add(row);
                if (start != null) {
                    daysOfChange.add(start);
                }
                if (end != null) {
                    daysOfChange.add(end.plusDays(1));
                }
            }
        }
        // A stable sort: among rows begun on one day, the one to believe stays last.
        dated.sort(Comparator.comparing(
                row -> row.day("commune_debut"), Comparator.nullsFirst(Comparator.naturalOrder())));
        for (SilverRow move : moves) {
            this.moves.add(move);
            daysOfChange.add(move.requiredDay("date_heure"));
        }
    }

    /** The commune of a fact; its own one serves only when the residence is unknown on that day. Null is INCONNU. */
    @Nullable
    String communeOn(LocalDate day, @Nullable String ownCommune) {
        Said said = said(day);
        boolean nothingKnown = said.row == null || said.row.text("commune_insee") == null;
        return nothingKnown ? referentiel.known(ownCommune, day) : said.commune;
    }

    /** When the person first leaves for another département, or for an unknown commune, after a day; null when never before the limit. */
    @Nullable
    Instant departureAfter(LocalDate day, @Nullable String ownCommune) {
        String home = communeOn(day, ownCommune);
        if (home == null) {
            return null;
        }
        Said before = said(day);
        for (LocalDate change : daysOfChange.tailSet(day, false)) {
            Said after = said(change);
            if (!Objects.equals(after.row, before.row)) {
                boolean movesThatDay = after.byMove
                        && change.equals(Objects.requireNonNull(after.row).day("date_heure"));
                // Unknown before and after, without a move in between, is no change.
                boolean toUnknown = after.commune == null && (before.commune != null || movesThatDay);
                boolean toOtherDepartement = after.commune != null
                        && !referentiel.departement(after.commune).equals(referentiel.departement(home));
                if (toUnknown || toOtherDepartement) {
                    Instant departure = movesThatDay
                            ? Objects.requireNonNull(after.row).requiredInstant("date_heure")
                            : ParisTime.midnight(change);
                    return departure.isBefore(limit) ? departure : null;
                }
            }
            before = after;
        }
        return null;
    }

    private Said said(LocalDate day) {
        Said said = new Said(null, null, false);
        for (SilverRow row : undated) {
            said = new Said(row, referentiel.known(row.text("commune_insee"), day), false);
        }
        for (SilverRow move : moves) {
            if (!move.requiredDay("date_heure").isAfter(day)) {
                said = new Said(
                        move, referentiel.known(move.text("commune_insee"), move.requiredDay("date_heure")), true);
            }
        }
        for (SilverRow row : dated) {
            LocalDate start = row.day("commune_debut");
            LocalDate end = row.day("commune_fin");
            if ((start == null || !start.isAfter(day)) && (end == null || !end.isBefore(day))) {
                said = new Said(row, referentiel.known(row.text("commune_insee"), day), false);
            }
        }
        return said;
    }
}
