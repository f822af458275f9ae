package fr.vigie.verification.oracle;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** In which territories a commune is on a day (domaine 4, contrat.md 4). */
final class Territories {

    /** Read from {@code communes}, whatever {@code territoires} says. */
    private static final Set<String> TYPES_OF_COMMUNES = Set.of("COMMUNE", "EPCI", "DEPARTEMENT", "REGION");

    record Territory(String type, String code) implements Comparable<Territory> {
        @Override
        public int compareTo(Territory other) {
            return (type + ":" + code).compareTo(other.type + ":" + other.code);
        }
    }

    private final Map<String, SilverRow> communes = new HashMap<>();
    private final Map<String, SilverRow> territoires = new HashMap<>();
    private final List<SilverRow> memberships;
    private final VanishedCommunes vanished;

    Territories(CurrentRows silver) {
        silver.rows("communes").forEach(row -> communes.put(row.requiredText("code_insee"), row));
        silver.rows("territoires").forEach(row -> territoires.put(row.requiredText("territoire_id"), row));
        memberships = silver.rows("territoires_communes");
        vanished = new VanishedCommunes(silver);
    }

    /** @param commune the residence; null is INCONNU */
    Set<Territory> of(@Nullable String commune, LocalDate day) {
        Set<Territory> found = new TreeSet<>();
        found.add(new Territory("ENSEMBLE", "ENSEMBLE"));
        SilverRow known = commune == null ? null : communes.get(commune);
        if (commune == null || known == null) {
            found.add(new Territory("INCONNU", "INCONNU"));
            return found;
        }
        found.add(new Territory("COMMUNE", commune));
        found.add(new Territory("DEPARTEMENT", known.requiredText("departement")));
        found.add(new Territory("REGION", known.requiredText("region")));
        String epci = known.text("epci");
        if (epci != null) {
            found.add(new Territory("EPCI", epci));
        }
        boolean isInCpts = false;
        for (SilverRow membership : memberships) {
            SilverRow territoire = territoires.get(membership.requiredText("territoire_id"));
            if (territoire != null
                    && commune.equals(vanished.communeOn(membership.requiredText("code_insee"), day))
                    && covers(membership, day)
                    && covers(territoire, day)) {
                String type = territoire.requiredText("type");
                if (!TYPES_OF_COMMUNES.contains(type)) {
                    found.add(new Territory(type, territoire.requiredText("territoire_id")));
                    isInCpts |= type.equals("CPTS");
                }
            }
        }
        if (!isInCpts) {
            found.add(new Territory("CPTS", "HORS_CPTS"));
        }
        return found;
    }

    /** Both days are included; an empty one is open. */
    private static boolean covers(SilverRow row, LocalDate day) {
        LocalDate start = row.day("date_debut");
        LocalDate end = row.day("date_fin");
        return (start == null || !start.isAfter(day)) && (end == null || !end.isBefore(day));
    }
}
