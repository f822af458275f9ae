package fr.vigie.demonstration;

import fr.vigie.demonstration.Dossier.Sejour;
import fr.vigie.demonstration.Professionnels.Professionnel;
import fr.vigie.demonstration.Territoire.Commune;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rendez-vous: routine, after a sortie and after an orientation, with reports, cancellations and no-shows (domaine 0.3, 0.7). */
final class RendezVousDraw {

    private static final Weighted PROFESSIONS =
            Weighted.of("MG=52 SPE=24 IDE=6 MK=5 PSY=3 SF=3 DENT=4 IPA=1.5 ASS=1 PHA=0.5");
    private static final Weighted MODES = Weighted.of("PRES=86 TLC=8.5 VAD=3.5 TEL=2");
    private static final Weighted MODES_OF_OLD = Weighted.of("PRES=80 TLC=6 VAD=12 TEL=2");
    private static final Weighted SOURCES = Weighted.of("DOCTOLIB=62 MAIIA=16 KELDOC=9 AGENDA=13");
    private static final Weighted FAST_SOURCES = Weighted.of("48HC=50 SAS=15 SPICO=35");
    /** REPORTE first: the rest is what becomes of the last link. NON_HONORE is drawn apart, by person. */
    private static final Weighted STATUTS =
            Weighted.of("HONORE=868 ANNULE_PATIENT=52 ANNULE_PRO=22 REPORTE=40 CONFIRME=14 ERREUR=4");

    private static final Weighted PLANNED = Weighted.of("CONFIRME=90 PROPOSE=6 DEMANDE=4");
    private static final Weighted DURATIONS = Weighted.of("15=45 20=30 30=20 45=5");
    private static final int LONGEST_CHAIN = 4;

    /**
     * What a rendez-vous is for.
     *
     * @param dedie whether it takes a créneau dédié of the CPTS
     * @param orientationId the orientation that led to it, or empty
     */
    record Need(String source, String profession, String mode, boolean dedie, String orientationId, String theme) {}

    private final Dossier dossier;
    private final Draws draws;
    private final double noShow;

    RendezVousDraw(Dossier dossier) {
        this.dossier = dossier;
        this.draws = dossier.draws();
        this.noShow = dossier.patient().vulnerabilites().contains("PREC") ? 0.065 : 0.033;
    }

    /** The ones that no event explains. */
    void writeRoutine() {
        int age = dossier.patient().age(dossier.world().parameters().end());
        double rate = age < 6 ? 2.6 : age < 45 ? 1.9 : age < 65 ? 2.6 : age < 75 ? 3.4 : 4.2;
        int count = draws.poisson(rate * dossier.twoYears());
        for (int index = 0; index < count; index++) {
            LocalDateTime debut = Agenda.slot(draws.moment(dossier.from(), dossier.until()), draws);
            String profession = PROFESSIONS.draw(draws);
            LocalDateTime prise =
                    debut.minusMinutes(60 + draws.minutesOfHours("SPE".equals(profession) ? 24 * 30 : 24 * 6, 1));
            write(need(profession, age, "", ""), debut, prise);
        }
        if (draws.chance(0.05) && dossier.patient().deces() == null) {
            LocalDateTime prise = dossier.until().minusMinutes(draws.minutesOfHours(24 * 8, 0.8));
            LocalDateTime debut = Agenda.slot(dossier.until().plusMinutes(draws.minutesOfHours(24 * 12, 0.8)), draws);
            if (!prise.isBefore(dossier.from())) {
                write(need(PROFESSIONS.draw(draws), age, "", ""), debut, prise);
            }
        }
    }

    /** The rendez-vous after a return home: quick or slow with the CPTS, the month, and whether there is a médecin traitant. */
    void writeAfter(Sejour sejour, String orientationId) {
        LocalDate day = sejour.sortie().toLocalDate();
        int age = dossier.patient().age(day);
        boolean withMedecin = dossier.hasMedecinTraitant(day);
        if (!draws.chance(sejour.nights() == 0 ? 0.25 : withMedecin ? 0.66 : 0.9)) {
            return;
        }
        boolean organised = !withMedecin && age >= 60;
        double hours = organised ? hoursOf(dossier.patient().residence(day), day) : 24 * 8;
        LocalDateTime debut = Agenda.slot(
                sejour.sortie().plusMinutes(30 + draws.minutesOfHours(hours, organised ? 1.0 : 0.9)), draws);
        boolean visit = age >= 75 && draws.chance(0.25);
        Need need = organised
                ? new Need(
                        FAST_SOURCES.draw(draws),
                        visit ? "IDE" : "MG",
                        visit ? "VAD" : draws.chance(0.1) ? "TLC" : "PRES",
                        visit || draws.chance(0.6),
                        orientationId,
                        "POST_HOSPI")
                : need(visit ? "IDE" : draws.chance(0.7) ? "MG" : "SPE", age, orientationId, "POST_HOSPI");
        write(need, debut, draws.moment(sejour.admission(), sejour.sortie().plusHours(20)));
    }

    /** The rendez-vous that answers an orientation; that of a doctor is for unplanned care, half the time on a créneau dédié. */
    void writeFor(String profession, String orientationId, LocalDateTime emission, LocalDateTime wanted) {
        int age = dossier.patient().age(wanted.toLocalDate());
        boolean dedie = "MG".equals(profession) && draws.chance(0.5);
        Need need = dedie
                ? new Need(FAST_SOURCES.draw(draws), profession, "PRES", true, orientationId, "SNP")
                : need(profession, age, orientationId, "");
        write(need, Agenda.slot(wanted, draws), draws.moment(emission, wanted));
    }

    private Need need(String profession, int age, String orientationId, String theme) {
        String mode = (age >= 75 ? MODES_OF_OLD : MODES).draw(draws);
        return new Need(SOURCES.draw(draws), profession, mode, false, orientationId, theme);
    }

    private void write(Need need, LocalDateTime debut, LocalDateTime prise) {
        Commune residence = dossier.patient().residence(debut.toLocalDate());
        LocalDate day = debut.toLocalDate();
        Professionnel who = "MG".equals(need.profession())
                ? dossier.world().professionnels().medecin(residence, day, draws)
                : dossier.world().professionnels().other(need.profession(), residence, draws);
        LocalDateTime booked = prise.isBefore(debut) ? prise : debut.minusMinutes(30);
        writeLink(need, who, debut, booked.isBefore(dossier.from()) ? dossier.from() : booked, "", 1);
    }

    private void writeLink(
            Need need,
            @Nullable Professionnel who,
            LocalDateTime debut,
            LocalDateTime prise,
            String replaced,
            int rank) {
        LocalDateTime booked = prise.isBefore(debut) ? prise : debut.minusMinutes(30);
        if (!dossier.isPast(booked) || booked.isBefore(dossier.from())) {
            return;
        }
        boolean ahead = debut.isAfter(dossier.until());
        if (ahead && dossier.patient().deces() != null) {
            return;
        }
        String statut = ahead ? PLANNED.draw(draws) : draws.chance(noShow) ? "NON_HONORE" : STATUTS.draw(draws);
        if ("REPORTE".equals(statut) && rank == LONGEST_CHAIN) {
            statut = "HONORE";
        }
        LocalDateTime told = told(statut, booked, debut);
        String id = dossier.nextId("R");
        Line line = line(id, need, who, debut, booked)
                .with("statut", statut)
                .with("date_heure_statut", told)
                .with("rdv_remplace_id", replaced)
                .with("date_maj", dossier.version(told));
        dossier.write(line);
        writeTwin(line, statut, debut, who);
        if ("REPORTE".equals(statut)) {
            LocalDateTime next = Agenda.slot(debut.plusMinutes(60 + draws.minutesOfHours(24 * 5, 0.9)), draws);
            writeLink(need, who, next, told, id, rank + 1);
        } else if ("NON_HONORE".equals(statut) && draws.chance(0.55)) {
            LocalDateTime rebooked = Agenda.slot(debut.plusMinutes(draws.minutesOfHours(24 * 4, 0.8)), draws);
            LocalDateTime next = Agenda.slot(rebooked.plusMinutes(60 + draws.minutesOfHours(24 * 6, 0.8)), draws);
            writeLink(need, who, next, rebooked, "", rank + 1 > LONGEST_CHAIN ? LONGEST_CHAIN : rank + 1);
        }
    }

    private LocalDateTime told(String statut, LocalDateTime booked, LocalDateTime debut) {
        return switch (statut) {
            case "HONORE", "NON_HONORE" -> {
                LocalDateTime after = debut.plusMinutes(draws.between(10, 60));
                yield dossier.isPast(after) ? after : debut;
            }
            case "ANNULE_PATIENT", "ANNULE_PRO", "REPORTE" -> draws.moment(booked, debut);
            default -> booked;
        };
    }

    private Line line(String id, Need need, @Nullable Professionnel who, LocalDateTime debut, LocalDateTime booked) {
        Line line = dossier.line(DemonstrationFeed.RENDEZ_VOUS)
                .with("rdv_id", id)
                .with("source", need.source())
                .with("orientation_id", need.orientationId())
                .with("date_heure_debut", debut)
                .with("duree_min", DURATIONS.draw(draws))
                .with("mode", need.mode())
                .with("profession", need.profession())
                .with("theme", need.theme())
                .with("creneau_dedie", need.dedie());
        if (!draws.chance(0.06)) {
            line.with("date_heure_prise", booked);
        }
        String lieu = dossier.patient().residence(debut.toLocalDate()).code();
        if (who != null) {
            lieu = "VAD".equals(need.mode()) ? lieu : who.commune().code();
            line.with("specialite", who.specialite());
            if (!draws.chance(0.04)) {
                line.with("rpps", who.rpps());
            }
        }
        line.with("commune_lieu", lieu);
        if (need.dedie()) {
            String cpts = dossier.world().territoire().cpts(dossier.patient().residence(debut.toLocalDate()), draws);
            String creneau = dossier.nextId("K");
            line.with("creneau_id", creneau).with("dispositif_id", cpts);
            writeCreneau(creneau, cpts, need.profession(), lieu, debut);
            if (draws.chance(0.4)) {
                LocalDateTime free = Agenda.slot(debut.plusMinutes(draws.between(60, 9_000)), draws);
                writeCreneau(dossier.nextId("K"), cpts, need.profession(), lieu, free);
            }
        }
        return line;
    }

    private void writeCreneau(String id, String cpts, String profession, String lieu, LocalDateTime debut) {
        LocalDateTime opened = debut.minusDays(draws.between(5, 25));
        LocalDateTime cutoff = dossier.world().parameters().cutoff();
        dossier.write(DemonstrationFeed.CRENEAUX
                .line()
                .with("creneau_id", id)
                .with("source", "48HC")
                .with("dispositif_id", cpts)
                .with("date_heure_debut", debut)
                .with("duree_min", 20)
                .with("profession", profession)
                .with("commune_lieu", lieu)
                .with("date_maj", opened.isAfter(cutoff) ? cutoff : opened));
    }

    /** The same rendez-vous seen by the coordination file (domaine 0.3). */
    private void writeTwin(Line line, String statut, LocalDateTime debut, @Nullable Professionnel who) {
        if ("HONORE".equals(statut) && who != null && !"SPICO".equals(line.value("source")) && draws.chance(0.008)) {
            LocalDateTime seen = debut.plusMinutes(draws.between(0, 10));
            dossier.write(line.copy()
                    .with("rdv_id", dossier.nextId("R"))
                    .with("source", "SPICO")
                    .with("date_heure_debut", dossier.isPast(seen) ? seen : debut)
                    .with("rdv_remplace_id", "")
                    .with("rpps", who.rpps())
                    .with("creneau_id", ""));
        }
    }

    /**
     * Median hours between a sortie and the rendez-vous of a person without médecin traitant. Each CPTS has its own pace, and all get a little
     * better over the period, so that there is something to see.
     */
    private double hoursOf(Commune residence, LocalDate day) {
        double pace = Optional.of(residence.cpts())
                .filter(cpts -> !cpts.isEmpty())
                .map(cpts -> 0.55 + 1.1 * ((Draws.mixed(Long.parseLong(cpts.get(0))) >>> 40) / (double) (1 << 24)))
                .orElse(2.2);
        DemonstrationParameters parameters = dossier.world().parameters();
        double length =
                Math.max(1, parameters.end().toEpochDay() - parameters.start().toEpochDay());
        double progress = (day.toEpochDay() - parameters.start().toEpochDay()) / length;
        return 24 * pace * (1.45 - 0.9 * progress);
    }
}
