package fr.vigie.demonstration;

import fr.vigie.demonstration.Dossier.Declaration;
import fr.vigie.demonstration.Dossier.Recherche;
import fr.vigie.demonstration.Professionnels.Professionnel;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Declarations of médecin traitant: about one adult in nine has none. They end with the patient's choice, the doctor's retirement (told or not)
 * or death; some searches lead to a new one.
 */
final class Declarations {

    private static final double ADULTS_WITH = 0.885;
    private static final double CHANGES = 0.06;
    private static final double FINDS = 0.38;
    private static final double FINDS_AGAIN = 0.6;
    private static final Weighted SOURCES = Weighted.of("AMELIPRO=80 FORM=12 SPICO=8");

    private Declarations() {}

    static void write(Dossier dossier) {
        Patient patient = dossier.patient();
        Draws draws = dossier.draws();
        LocalDate end = dossier.world().parameters().end();
        int age = patient.age(end);
        LocalDate firstDay = dossier.from().toLocalDate();
        LocalDate lastDay = dossier.until().toLocalDate();
        if (age < 16) {
            if (draws.chance(age < 6 ? 0.3 : 0.45)) {
                declare(dossier, draws.day(later(patient.birth(), end.minusYears(6)), lastDay));
            }
        } else if (draws.chance(ADULTS_WITH)) {
            LocalDate earliest = later(patient.birth().plusYears(2), firstDay.minusYears(12));
            declare(dossier, draws.day(earliest, firstDay.minusDays(1)));
        } else if (draws.chance(FINDS)) {
            find(dossier, draws.day(firstDay, lastDay));
        } else if (draws.chance(0.35)) {
            dossier.recherches().add(new Recherche(draws.moment(dossier.from(), dossier.until()), null));
        }
    }

    /** A declaration, and what becomes of it in the period. */
    private static void declare(Dossier dossier, LocalDate start) {
        Draws draws = dossier.draws();
        LocalDate firstDay = dossier.from().toLocalDate();
        LocalDate lastDay = dossier.until().toLocalDate();
        Professionnel medecin = dossier.world()
                .professionnels()
                .medecin(dossier.patient().residence(start), later(start, firstDay), draws);
        LocalDate ceased = medecin.dateFin();
        if (ceased != null && ceased.isBefore(lastDay) && !ceased.isBefore(start)) {
            boolean told = draws.chance(0.5);
            line(dossier, medecin, start, told ? ceased : null, told ? medecin.motifFin() : "");
            dossier.declarations().add(new Declaration(start, ceased.plusDays(1), medecin.rpps()));
            if (draws.chance(FINDS_AGAIN)) {
                LocalDate again = ceased.plusDays(draws.days(60, 0.8, 1));
                if (!again.isAfter(lastDay)) {
                    find(dossier, again);
                }
            } else if (draws.chance(0.4)) {
                LocalDateTime request =
                        Agenda.slot(ceased.plusDays(draws.between(5, 90)).atTime(10, 0), draws);
                if (dossier.isPast(request)) {
                    dossier.recherches().add(new Recherche(request, null));
                }
            }
            return;
        }
        LocalDate change = draws.day(later(start.plusDays(30), firstDay), lastDay);
        if (draws.chance(CHANGES) && change.isAfter(start.plusDays(29)) && change.isBefore(lastDay)) {
            line(dossier, medecin, start, change, "CHANGEMENT");
            dossier.declarations().add(new Declaration(start, change.plusDays(1), medecin.rpps()));
            if (draws.chance(0.93)) {
                conclude(dossier, change.plusDays(1));
            }
            return;
        }
        open(dossier, medecin, start);
    }

    /** A declaration that a search brought, seven times in ten. */
    private static void find(Dossier dossier, LocalDate start) {
        Draws draws = dossier.draws();
        LocalDateTime request =
                Agenda.slot(start.minusDays(draws.days(70, 0.8, 2)).atTime(9, 0).plusMinutes(draws.below(480)), draws);
        if (draws.chance(0.7)
                && !request.isBefore(dossier.from())
                && request.toLocalDate().isBefore(start)) {
            dossier.recherches().add(new Recherche(request, start));
        }
        conclude(dossier, start);
    }

    private static void conclude(Dossier dossier, LocalDate start) {
        Draws draws = dossier.draws();
        open(
                dossier,
                dossier.world()
                        .professionnels()
                        .medecin(
                                dossier.patient().residence(start),
                                dossier.world().parameters().end(),
                                draws),
                start);
    }

    private static void open(Dossier dossier, Professionnel medecin, LocalDate start) {
        LocalDateTime deces = dossier.patient().deces();
        boolean closedByDeath = deces != null && dossier.draws().chance(0.6);
        line(
                dossier,
                medecin,
                start,
                closedByDeath ? dossier.until().toLocalDate() : null,
                closedByDeath ? "DECES_PATIENT" : "");
        dossier.declarations()
                .add(new Declaration(
                        start,
                        Optional.ofNullable(medecin.dateFin())
                                .map(day -> day.plusDays(1))
                                .orElse(null),
                        medecin.rpps()));
    }

    private static void line(
            Dossier dossier, Professionnel medecin, LocalDate start, @Nullable LocalDate dateFin, String motifFin) {
        LocalDate told = dateFin == null ? start : dateFin;
        dossier.write(dossier.line(DemonstrationFeed.DECLARATIONS_MT)
                .with("rpps", medecin.rpps())
                .with("date_debut", start)
                .with("date_fin", dateFin)
                .with("motif_fin", motifFin)
                .with("source", SOURCES.draw(dossier.draws()))
                .with("date_maj", dossier.version(told.atTime(20, 0))));
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }
}
