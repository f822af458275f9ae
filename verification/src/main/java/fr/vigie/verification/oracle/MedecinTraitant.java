package fr.vigie.verification.oracle;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Whether a person has a médecin traitant on a day (domaine 0.9 bis): of the declarations that cover it, the one begun last decides. */
final class MedecinTraitant {

    private static final Comparator<SilverRow> BELIEVED_LAST = Comparator.<SilverRow, LocalDate>comparing(
                    row -> row.requiredDay("date_debut"))
            .thenComparing(row -> row.instant("version"), Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(MedecinTraitant::doctor);

    private final List<SilverRow> declarations;
    private final Referentiel referentiel;

    MedecinTraitant(List<SilverRow> declarations, Referentiel referentiel) {
        this.declarations = declarations.stream().sorted(BELIEVED_LAST).toList();
        this.referentiel = referentiel;
    }

    boolean holdsOn(LocalDate day) {
        boolean holds = false;
        for (SilverRow declaration : declarations) {
            LocalDate end = declaration.day("date_fin");
            if (!declaration.requiredDay("date_debut").isAfter(day) && (end == null || !end.isBefore(day))) {
                holds = !referentiel.hasCeased(declaration.text("rpps"), day);
            }
        }
        return holds;
    }

    /** The first day, not before another, on which a declaration begins whose doctor still practises; null when none does. */
    @Nullable
    LocalDate firstStartFrom(LocalDate earliest) {
        for (SilverRow declaration : declarations) {
            LocalDate start = declaration.requiredDay("date_debut");
            LocalDate end = declaration.day("date_fin");
            if (!start.isBefore(earliest)
                    && (end == null || !end.isBefore(start))
                    && !referentiel.hasCeased(declaration.text("rpps"), start)) {
                return start;
            }
        }
        return null;
    }

    /** That day itself, or the first one after it on which a declaration begins or another one's end lets it come back. */
    @Nullable
    LocalDate firstDayFrom(LocalDate day) {
        TreeSet<LocalDate> turns = new TreeSet<>(List.of(day));
        for (SilverRow declaration : declarations) {
            turns.add(declaration.requiredDay("date_debut"));
            LocalDate end = declaration.day("date_fin");
            if (end != null) {
                turns.add(end.plusDays(1));
            }
        }
        return turns.tailSet(day).stream().filter(this::holdsOn).findFirst().orElse(null);
    }

    private static String doctor(SilverRow declaration) {
        String rpps = declaration.text("rpps");
        String finess = declaration.text("finess");
        return rpps != null ? rpps : finess != null ? finess : "";
    }
}
