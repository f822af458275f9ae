package fr.vigie.demonstration;

import fr.vigie.demonstration.Dossier.Sejour;
import fr.vigie.demonstration.Territoire.Hospital;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;

/** Hospital stays: planned or not, of the day or of nights, with transfers, readmissions and deaths (domaine 0.3, 1.A). */
final class Sejours {

    private static final double READMISSION = 0.1;
    private static final Weighted DIAGNOSES = Weighted.of(
            "I50.0=8 J44.1=6 J18.9=6 S72.0=5 I63.9=5 N39.0=5 E11.9=5 K80.2=5 I48.9=5 C50.9=4 F32.9=5 G30.9=3 R55=6 A41.9=4 E86=6 Z51.1=2 Z49.1=1 M17.1=6 H25.9=7 K35.8=3 O80.0=3");

    private final Dossier dossier;
    private final Draws draws;
    private LocalDateTime free;

    private Sejours(Dossier dossier) {
        this.dossier = dossier;
        this.draws = dossier.draws();
        this.free = dossier.from();
    }

    static void write(Dossier dossier) {
        new Sejours(dossier).write();
    }

    private void write() {
        Patient patient = dossier.patient();
        LocalDate middle = dossier.world().parameters().end().minusYears(1);
        int age = Math.max(0, patient.age(middle));
        writeBirth(patient);
        double rate = age < 16 ? 0.28 : age < 45 ? 0.46 : age < 60 ? 0.64 : age < 65 ? 0.88 : age < 75 ? 1.27 : 1.92;
        double[] instants = new double[draws.poisson(Math.min(15, rate * patient.fragility() * dossier.twoYears()))];
        for (int index = 0; index < instants.length; index++) {
            instants[index] = draws.unit();
        }
        Arrays.sort(instants);
        LocalDateTime lastStay = dossier.until();
        LocalDateTime deces = patient.deces();
        boolean finalStay = deces != null && patient.diesInHospital();
        if (finalStay) {
            lastStay = dossier.until().minusMinutes(draws.minutesOfHours(24 * 5, 0.9));
        }
        long minutes = Math.max(1, Duration.between(dossier.from(), lastStay).toMinutes());
        for (double instant : instants) {
            LocalDateTime start = dossier.from().plusMinutes((long) (instant * minutes));
            if (start.isAfter(free) && start.isBefore(lastStay)) {
                writeStay(start, draws.chance(age < 65 ? 0.55 : 0.46), lastStay, 0);
            }
        }
        if (deces != null && finalStay && lastStay.isAfter(free)) {
            writeFinalStay(lastStay, deces);
        }
    }

    private void writeBirth(Patient patient) {
        LocalDateTime birth = patient.birth().atTime(12, 0);
        LocalDateTime sortie = birth.plusDays(draws.between(2, 4)).plusHours(2);
        if (!birth.isBefore(dossier.world().parameters().start().atStartOfDay()) && dossier.isPast(sortie)) {
            Hospital hospital = dossier.world().territoire().hospital(patient.commune(), draws);
            String admission = dossier.nextId("E");
            admission(admission, birth, hospital, "8", "", false, "Z38.0");
            sortie(dossier.nextId("E"), admission, sortie, hospital, "8", "", false, "Z38.0");
            free = sortie.plusDays(1);
        }
    }

    private void writeStay(LocalDateTime wanted, boolean programme, LocalDateTime lastStay, int rank) {
        LocalDateTime start = programme ? Agenda.slot(wanted, draws) : wanted;
        if (!start.isBefore(lastStay)) {
            return;
        }
        Patient patient = dossier.patient();
        Hospital hospital = dossier.world().territoire().hospital(patient.residence(start.toLocalDate()), draws);
        boolean ambulatory = draws.chance(programme ? 0.6 : 0.1);
        String code = DIAGNOSES.draw(draws);
        boolean fromEmergency = !programme && draws.chance(0.62);
        if (fromEmergency) {
            start = Passages.writeBefore(dossier, start, hospital, ambulatory);
        }
        int nights =
                ambulatory ? 0 : Math.min(70, draws.days(patient.age(start.toLocalDate()) < 75 ? 3.2 : 5.6, 0.75, 1));
        LocalDateTime end = ambulatory
                ? start.plusMinutes(draws.between(200, 540))
                : start.toLocalDate().plusDays(nights).atTime(10, 0).plusMinutes(draws.below(480));
        if (end.toLocalDate().isAfter(start.toLocalDate()) && ambulatory) {
            end = start.toLocalDate().atTime(23, 30).isAfter(start)
                    ? start.toLocalDate().atTime(23, 30)
                    : start.plusMinutes(5);
        }
        String admission = dossier.nextId("E");
        admission(admission, start, hospital, "8", fromEmergency ? "5" : "", programme, code);
        free = end.plusDays(1);
        if (end.isAfter(lastStay) || !dossier.isPast(end)) {
            return;
        }
        if (nights > 1 && draws.chance(0.06)) {
            writeTransfer(admission, start, end, hospital, programme, code, lastStay);
            return;
        }
        boolean institution = patient.age(end.toLocalDate()) >= 85 && draws.chance(0.15);
        String sortieId = dossier.nextId("E");
        sortie(
                sortieId,
                admission,
                end,
                hospital,
                "8",
                institution ? "7" : draws.chance(0.03) ? "6" : "",
                programme,
                code);
        dossier.sejours()
                .add(new Sejour(
                        admission,
                        sortieId,
                        start,
                        end,
                        hospital.finess(),
                        hospital.commune(),
                        programme,
                        nights,
                        true));
        writeReadmission(end, nights, lastStay, rank);
    }

    private void writeReadmission(LocalDateTime end, int nights, LocalDateTime lastStay, int rank) {
        int age = dossier.patient().age(end.toLocalDate());
        double share = nights == 0 ? 0.03 : age < 65 ? READMISSION : READMISSION * 1.5;
        if (rank < 4 && draws.chance(share)) {
            LocalDateTime back = end.toLocalDate()
                    .plusDays(Math.min(30, draws.days(9, 0.8, 1)))
                    .atTime(8, 0)
                    .plusMinutes(draws.below(900));
            writeStay(back, false, lastStay, rank + 1);
        }
    }

    /** Half of the stay in one hospital, the other half in another: one episode (domaine 0.3). */
    private void writeTransfer(
            String admission,
            LocalDateTime start,
            LocalDateTime end,
            Hospital hospital,
            boolean programme,
            String code,
            LocalDateTime lastStay) {
        boolean mutation = draws.chance(0.3);
        String mode = mutation ? "6" : "7";
        LocalDateTime leaves = draws.moment(start.plusHours(6), end);
        LocalDateTime arrives = leaves.plusMinutes(draws.between(20, 240));
        LocalDateTime home = end.plusDays(draws.between(1, 12));
        Hospital second = mutation
                ? hospital
                : dossier.world().territoire().hospital(dossier.patient().residence(start.toLocalDate()), draws);
        sortie(dossier.nextId("E"), admission, leaves, hospital, mode, draws.chance(0.5) ? "1" : "2", programme, code);
        String next = dossier.nextId("E");
        admission(next, arrives, second, mode, "1", programme, code);
        free = home.plusDays(1);
        if (home.isAfter(lastStay) || !dossier.isPast(home)) {
            return;
        }
        String sortieId = dossier.nextId("E");
        sortie(sortieId, next, home, second, "8", "", programme, code);
        int nights =
                (int) (home.toLocalDate().toEpochDay() - start.toLocalDate().toEpochDay());
        dossier.sejours()
                .add(new Sejour(
                        next, sortieId, start, home, second.finess(), second.commune(), programme, nights, true));
    }

    private void writeFinalStay(LocalDateTime start, LocalDateTime deces) {
        Hospital hospital =
                dossier.world().territoire().hospital(dossier.patient().residence(start.toLocalDate()), draws);
        String admission = dossier.nextId("E");
        String code = DIAGNOSES.draw(draws);
        admission(admission, start, hospital, "8", "", false, code);
        String sortieId = dossier.nextId("E");
        sortie(sortieId, admission, deces, hospital, "9", "", false, code);
        int nights =
                (int) (deces.toLocalDate().toEpochDay() - start.toLocalDate().toEpochDay());
        dossier.sejours()
                .add(new Sejour(
                        admission,
                        sortieId,
                        start,
                        deces,
                        hospital.finess(),
                        hospital.commune(),
                        false,
                        nights,
                        false));
    }

    private void admission(
            String id,
            LocalDateTime moment,
            Hospital hospital,
            String modeEntree,
            String provenance,
            boolean programme,
            String code) {
        // Some admissions never reach the coordination file: the sortie then stands alone.
        if (draws.chance(0.008)) {
            return;
        }
        Line line = Evenements.line(dossier, id, "HOSPI_ADMISSION", "SIH", moment)
                .with("finess", hospital.finess())
                .with("structure_id", hospital.finess())
                .with("code", code)
                .with("mode_entree", modeEntree)
                .with("provenance", provenance)
                .with("date_maj", dossier.version(moment));
        dossier.write(draws.chance(0.01) ? line : line.with("programme", programme));
    }

    private void sortie(
            String id,
            String admission,
            LocalDateTime moment,
            Hospital hospital,
            String modeSortie,
            String destination,
            boolean programme,
            String code) {
        Line line = Evenements.line(dossier, id, "HOSPI_SORTIE", "SIH", moment)
                .with("finess", hospital.finess())
                .with("structure_id", hospital.finess())
                .with("code", code)
                .with("mode_sortie", modeSortie)
                .with("destination", destination)
                .with("programme", programme)
                .with("date_maj", dossier.version(moment));
        if (draws.chance(0.85)) {
            line.with("lien_evenement_id", admission);
        }
        if (draws.chance(0.02)) {
            line.with("date_heure", moment.toLocalDate());
        }
        if ("8".equals(modeSortie) && draws.chance(0.006)) {
            line.with("orientation_rpu", "SCAM");
        }
        dossier.write(line);
    }
}
