package fr.vigie.demonstration;

import java.time.LocalDateTime;

/** The follow-up of a person by a DAC: it begins, goes on from contact to contact, and mostly ends. */
final class Accompagnements {

    private static final Weighted ENDS =
            Weighted.of("OBJECTIF_ATTEINT=50 RELAIS=22 REFUS=10 PERDU_DE_VUE=10 HORS_CRITERES=8");

    private Accompagnements() {}

    static void write(Dossier dossier, String orientationId, String dac, LocalDateTime start) {
        Draws draws = dossier.draws();
        String debut = dossier.nextId("E");
        evenement(dossier, debut, "ACCOMP_DEBUT", start, orientationId, dac, "");
        LocalDateTime next = Agenda.slot(start.plusDays(draws.between(1, 12)), draws);
        once(dossier, "ENTRETIEN_DAC", next, 0.8, orientationId, dac, debut);
        once(dossier, "REFERENT_DESIGNE", next.plusDays(draws.between(0, 20)), 0.55, orientationId, dac, debut);
        once(dossier, "PPS_ELABORE", next.plusDays(draws.between(15, 70)), 0.4, orientationId, dac, debut);
        int contacts = draws.between(1, 9);
        for (int contact = 0; contact < contacts; contact++) {
            next = Agenda.slot(next.plusDays(draws.days(27, 0.6, 2)), draws);
            once(dossier, "ACCOMP_CONTACT", next, 1, orientationId, dac, debut);
        }
        LocalDateTime end = Agenda.slot(next.plusDays(draws.between(5, 60)), draws);
        if (draws.chance(0.75) && dossier.isPast(end)) {
            dossier.write(line(dossier, dossier.nextId("E"), "ACCOMP_FIN", end, orientationId, dac, debut)
                    .with("resultat", ENDS.draw(draws)));
        }
    }

    private static void once(
            Dossier dossier,
            String type,
            LocalDateTime moment,
            double share,
            String orientationId,
            String dac,
            String link) {
        if (dossier.draws().chance(share) && dossier.isPast(moment)) {
            evenement(dossier, dossier.nextId("E"), type, moment, orientationId, dac, link);
        }
    }

    private static void evenement(
            Dossier dossier,
            String id,
            String type,
            LocalDateTime moment,
            String orientationId,
            String dac,
            String link) {
        dossier.write(line(dossier, id, type, moment, orientationId, dac, link));
    }

    private static Line line(
            Dossier dossier,
            String id,
            String type,
            LocalDateTime moment,
            String orientationId,
            String dac,
            String link) {
        return Evenements.line(dossier, id, type, "SPICO", moment)
                .with("dispositif_id", dac)
                .with("orientation_id", orientationId)
                .with("lien_evenement_id", link)
                .with("date_maj", dossier.version(moment));
    }
}
