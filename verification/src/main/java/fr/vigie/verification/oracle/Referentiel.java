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
    private final VanishedCommunes vanished;

    Referentiel(CurrentRows silver) {
        for (SilverRow commune : silver.rows("communes")) {
            departements.put(commune.requiredText("code_insee"), commune.requiredText("departement"));
        }
        vanished = new VanishedCommunes(silver);
        for (SilverRow professionnel : silver.rows("professionnels")) {
            LocalDate end = professionnel.day("date_fin");
            if (end != null) {
                cessations.put(professionnel.requiredText("rpps"), end);
            }
        }
    }

    /** The commune that a code stands for on a day, or null when it is empty or neither the référentiel nor a movement knows it. */
    @Nullable
    String known(@Nullable String code, LocalDate day) {
        return code == null ? null : vanished.communeOn(code, day);
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
