package fr.vigie.demonstration;

import fr.vigie.demonstration.Territoire.Hospital;
import java.time.LocalDateTime;

/** Emergency visits, coded as in the RPU (domaine 3.2): most people come once, a few again and again. */
final class Passages {

    private static final double FREQUENT = 0.012;
    private static final Weighted GRAVITIES = Weighted.of("1=13 2=62 3=18 4=2.4 5=0.6 P=4");
    private static final Weighted TRANSPORTS = Weighted.of("PERSO=70 AMBU=15 VSAB=12 SMUR=2.4 HELI=0.2 FO=0.4");
    private static final Weighted LEAVING = Weighted.of("-=94 PSA=3 FUGUE=0.6 SCAM=1 REO=1.4");
    private static final Weighted WARDS = Weighted.of("MED=52 UHCD=24 CHIR=16 SC=3 SI=3 REA=2");
    private static final Weighted MOTIVES =
            Weighted.of("R07.4=8 R10.4=10 S61.9=7 S93.4=8 R55=6 J06.9=7 F41.9=5 F10.0=4 R50.9=8 M54.5=7 T14.9=10");

    private Passages() {}

    /** The visits that end at home. */
    static void write(Dossier dossier) {
        Draws draws = dossier.draws();
        Patient patient = dossier.patient();
        int age = Math.max(0, patient.age(dossier.until().toLocalDate()));
        double rate = age < 6 ? 0.75 : age < 16 ? 0.45 : age < 75 ? 0.36 : 0.55;
        int count = draws.poisson(rate * dossier.twoYears());
        for (int visit = 0; visit < count; visit++) {
            writeHome(dossier, draws.moment(dossier.from(), dossier.until()));
        }
        if (draws.chance(FREQUENT * (patient.isVulnerable() ? 2 : 0.6))) {
            LocalDateTime moment = draws.moment(dossier.from(), dossier.until());
            int visits = draws.between(4, 14);
            for (int visit = 0; visit < visits && dossier.isPast(moment); visit++) {
                writeHome(dossier, moment);
                moment = moment.plusMinutes(draws.minutesOfHours(24 * 9, 1.1) + 300);
            }
        }
    }

    /** The visit from which a patient goes to a ward; answers when the stay begins. */
    static LocalDateTime writeBefore(Dossier dossier, LocalDateTime arrival, Hospital hospital, boolean shortStay) {
        Draws draws = dossier.draws();
        LocalDateTime leaves = arrival.plusMinutes(90 + draws.minutesOfHours(3.5, 0.6));
        if (!dossier.isPast(leaves)) {
            return arrival;
        }
        dossier.write(line(dossier, arrival, leaves, hospital)
                .with("mode_sortie", "6")
                .with("destination", "1")
                .with("orientation_rpu", shortStay ? "UHCD" : WARDS.draw(draws)));
        return leaves;
    }

    private static void writeHome(Dossier dossier, LocalDateTime arrival) {
        Draws draws = dossier.draws();
        LocalDateTime leaves = arrival.plusMinutes(20 + draws.minutesOfHours(2.7, 0.7));
        // Nobody comes to the emergency department from a bed of a ward.
        boolean inHospital = dossier.sejours().stream()
                .anyMatch(sejour -> arrival.isBefore(sejour.sortie()) && leaves.isAfter(sejour.admission()));
        if (inHospital || !dossier.isPast(leaves)) {
            return;
        }
        Hospital hospital =
                dossier.world().territoire().hospital(dossier.patient().residence(arrival.toLocalDate()), draws);
        dossier.write(line(dossier, arrival, leaves, hospital)
                .with("mode_sortie", "8")
                .with("orientation_rpu", LEAVING.draw(draws)));
        LocalDateTime again = leaves.plusMinutes(draws.between(20, 230));
        LocalDateTime leavesAgain = again.plusMinutes(draws.between(60, 300));
        if (draws.chance(0.006) && dossier.isPast(leavesAgain)) {
            dossier.write(line(dossier, again, leavesAgain, hospital).with("mode_sortie", "8"));
        }
    }

    private static Line line(Dossier dossier, LocalDateTime arrival, LocalDateTime leaves, Hospital hospital) {
        Draws draws = dossier.draws();
        Line line = Evenements.line(dossier, "URG_PASSAGE", "RPU", arrival)
                .with("finess", hospital.finess())
                .with("structure_id", hospital.finess())
                .with("code", MOTIVES.draw(draws))
                .with("mode_entree", "8")
                .with("transport", TRANSPORTS.draw(draws))
                .with("ccmu", GRAVITIES.draw(draws))
                .with("convoque", draws.chance(0.03))
                .with("programme", draws.chance(0.01))
                .with("date_maj", dossier.version(leaves));
        if (!draws.chance(0.05)) {
            line.with("date_heure_fin", leaves);
        }
        if (draws.chance(0.01)) {
            line.with("mode_entree", "7").with("provenance", "1");
        }
        if (draws.chance(0.3)) {
            line.with(
                    "commune_insee",
                    dossier.patient().residence(arrival.toLocalDate()).code());
        }
        return line;
    }
}
