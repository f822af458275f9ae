package fr.vigie.verification.oracle;

import fr.vigie.verification.oracle.WorldRows.Row;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Draws what makes and closes ruptures: contacts, refusals in a row, recipient after recipient, urgent demands, missed rendez-vous taken again. */
final class RandomRuptures {

    private static final long HOUR = 60;
    private static final long DAY = 24 * HOUR;

    private final Random random;
    private final RandomTime time;
    private final WorldRows rows;
    private final String id;

    RandomRuptures(Random random, WorldRows rows, String id) {
        this.random = random;
        this.time = new RandomTime(random);
        this.rows = rows;
        this.id = id;
    }

    void addAll() {
        for (int i = random.nextInt(3); i > 0; i--) {
            Instant contact = time.moment();
            rows.add(
                    "evenements",
                    new Row()
                            .with("source", "DAC")
                            .with("evenement_id", rows.nextId("evenements", "DAC"))
                            .with("patient_id", id)
                            .with("type", "ACCOMP_CONTACT")
                            .at("date_heure", contact, random.nextInt(4) == 0));
        }
        if (random.nextInt(2) == 0) {
            addChain();
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            addMissed(time.moment());
        }
    }

    private void addChain() {
        Instant emission = time.moment();
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            String statut = List.of("REFUSEE", "REFUSEE", "REORIENTEE", "EMISE", "EMISE", "ANNULEE", "REALISEE")
                    .get(random.nextInt(7));
            boolean isAnswered = List.of("REFUSEE", "REORIENTEE", "REALISEE").contains(statut);
            Instant answer = time.plusDays(emission, List.of(0, 1, 3, 4, 14, 15).get(random.nextInt(6)));
            if (RandomTime.past(emission) != null) {
                rows.add(
                        "orientations",
                        new Row()
                                .with("source", "SPICO")
                                .with("orientation_id", rows.nextId("orientations", "SPICO"))
                                .with("patient_id", id)
                                .with("chaine_id", id + "-B")
                                .with("type_demande", "SMR")
                                .with("statut", statut)
                                .with(
                                        "urgence",
                                        List.of("IMMEDIATE", "48H", "7J", "NORMALE")
                                                .get(random.nextInt(4)))
                                .at("date_emission", emission, random.nextInt(5) == 0)
                                .at("date_reponse", isAnswered ? sometimes(answer) : null, random.nextInt(2) == 0)
                                .at(
                                        "date_realisation",
                                        statut.equals("REALISEE") ? sometimes(time.plusDays(answer, 5)) : null,
                                        random.nextInt(2) == 0)
                                .at("date_cloture", statut.equals("ANNULEE") ? sometimes(answer) : null, false)
                                .with("emetteur_type", "CPTS")
                                .with("emetteur_id", "CPTS")
                                .with("destinataire_type", "ES")
                                .with("destinataire_id", "ES" + random.nextInt(4)));
            }
            emission = time.plusOneOf(emission, 0, HOUR, DAY - 1, DAY, 3 * DAY, 20 * DAY, 45 * DAY, 90 * DAY, 91 * DAY);
        }
    }

    private void addMissed(Instant start) {
        if (RandomTime.past(start) == null) {
            return;
        }
        rows.add("rendez_vous", rendezVous(start, null, "NON_HONORE", false));
        if (random.nextInt(3) > 0) {
            Instant taking = time.plusDays(start, List.of(-3, 0, 5, 14, 15, 40).get(random.nextInt(6)));
            Instant next = time.plusDays(start, List.of(1, 14, 15, 60).get(random.nextInt(4)));
            boolean isPlanned = RandomTime.past(next) == null;
            String statut = isPlanned
                    ? "CONFIRME"
                    : List.of("HONORE", "ANNULE_PRO", "DEMANDE", "REPORTE").get(random.nextInt(4));
            boolean isTold = random.nextInt(4) > 0 && RandomTime.past(taking) != null && !taking.isAfter(next);
            rows.add("rendez_vous", rendezVous(next, isTold ? taking : null, statut, random.nextInt(6) == 0));
        }
    }

    private Row rendezVous(Instant start, @Nullable Instant taking, String statut, boolean dayOnly) {
        return new Row()
                .with("source", "MAIIA")
                .with("rdv_id", rows.nextId("rendez_vous", "MAIIA"))
                .with("patient_id", id)
                .at("date_heure_debut", start, dayOnly)
                .at("date_heure_prise", taking, dayOnly)
                .with("statut", statut)
                .with("mode", "PRES")
                .with("profession", List.of("MG", "MK").get(random.nextInt(4) == 0 ? 1 : 0));
    }

    /** Mostly dated; never after the date d'arrêt. */
    private @Nullable Instant sometimes(Instant instant) {
        return random.nextInt(7) == 0 ? null : RandomTime.past(instant);
    }
}
