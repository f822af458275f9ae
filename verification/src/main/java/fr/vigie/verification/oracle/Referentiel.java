package fr.vigie.verification.oracle;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The reference data that facts about persons need: known communes and the end of practice of doctors. */
final class Referentiel {

    private final Map<String, String> departements = new HashMap<>();
    private final Map<String, LocalDate> cessations = new HashMap<>();

    Referentiel(Silver silver) {
        for (SilverRow commune : silver.rows("communes")) {
            departements.put(commune.requiredText("code_insee"), commune.requiredText("departement"));
        }
        for (SilverRow professionnel : silver.rows("professionnels")) {
            LocalDate end = professionnel.day("date_fin");
            if (end != null) {
                cessations.put(professionnel.requiredText("rpps"), end);
            }
        }
    }

    /** The commune itself, or null when it is empty or unknown to the référentiel. */
    @Nullable
    String known(@Nullable String commune) {
        return commune != null && departements.containsKey(commune) ? commune : null;
    }

    String departement(String knownCommune) {
        return Objects.requireNonNull(departements.get(knownCommune));
    }

    /** The day after {@code date_fin} is the first without the doctor. */
    boolean hasCeased(@Nullable String rpps, LocalDate day) {
        LocalDate end = rpps == null ? null : cessations.get(rpps);
        return end != null && end.isBefore(day);
    }
}
