package fr.vigie.verification.oracle;

import fr.vigie.verification.oracle.WorldRows.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;

/** Draws one person who lives at the bounds of the rules, so that every hundred worlds meet each of them on both sides. */
final class RandomBounds {

    private static final long HOUR = 60;
    private static final long DAY = 24 * HOUR;

    private final Random random;
    private final RandomTime time;
    private final WorldRows rows;
    private final RandomReferentiel referentiel;
    private final String id;

    RandomBounds(Random random, WorldRows rows, RandomReferentiel referentiel, String id) {
        this.random = random;
        this.time = new RandomTime(random);
        this.rows = rows;
        this.referentiel = referentiel;
        this.id = id;
    }

    /** 65 years to the day, a sortie before a night of 23 or 25 hours or before the date d'arrêt, a rendez-vous around 48 hours later. */
    void addAll() {
        Instant sortie = List.of(
                        Instant.parse("2026-03-28T09:00:00Z"),
                        Instant.parse("2025-10-25T09:00:00Z"),
                        Instant.parse("2025-06-15T08:00:00Z"),
                        RandomHistories.LIMIT.minusSeconds(2 * 86_400 + 60),
                        RandomHistories.LIMIT.minusSeconds(2 * 86_400))
                .get(random.nextInt(5));
        LocalDate birthday = ParisTime.dayOf(sortie).plusDays(random.nextInt(3) - 1);
        rows.addVersioned(
                "patients",
                new Row()
                        .with("source", "DAC")
                        .with("patient_id", id)
                        .with("date_naissance", birthday.minusYears(random.nextInt(3) == 0 ? 66 : 65))
                        .with("sexe", "F")
                        .with("commune_insee", referentiel.commune()));
        evenement("HOSPI_ADMISSION", time.plusOneOf(sortie, -5 * DAY), "mode_entree");
        evenement("HOSPI_SORTIE", sortie, "mode_sortie");
        Instant seen = time.plusOneOf(sortie, 12 * HOUR, 47 * HOUR, 2 * DAY - 1, 2 * DAY, 2 * DAY + 1, 49 * HOUR);
        honoured(seen);
        if (random.nextInt(3) == 0) {
            evenement("DECES", time.plusOneOf(seen, -HOUR, 0, HOUR), "");
        } else {
            addSeries();
        }
        addRefusals();
    }

    /** A need refused two or three times in a row at two places, whose answers come in any order, or one of them never. */
    private void addRefusals() {
        Instant first = time.plusDays(Instant.parse("2025-01-10T09:00:00Z"), random.nextInt(300));
        for (int number = 0; number < 3; number++) {
            Instant emission = time.plusDays(first, 2 * number);
            boolean isRefused = random.nextInt(5) > 0;
            rows.add(
                    "orientations",
                    new Row()
                            .with("source", "SPICO")
                            .with("orientation_id", rows.nextId("orientations", "SPICO"))
                            .with("patient_id", id)
                            .with("chaine_id", id + "-R")
                            .with("type_demande", "SMR")
                            .with("statut", isRefused ? "REFUSEE" : "EMISE")
                            .at("date_emission", emission, false)
                            .at(
                                    "date_reponse",
                                    isRefused ? time.plusOneOf(emission, DAY, 3 * DAY, 5 * DAY, 14 * DAY) : null,
                                    false)
                            .with("emetteur_type", "CPTS")
                            .with("emetteur_id", "CPTS")
                            .with("destinataire_type", "ES")
                            .with("destinataire_id", number == 0 ? "ES0" : "ES1"));
        }
    }

    /** Three passages, a silence around 90 days with a rendez-vous kept or not, three passages again. */
    private void addSeries() {
        Instant first = time.plusDays(Instant.parse("2024-03-01T10:00:00Z"), random.nextInt(300));
        for (int days : List.of(0, 10, 20)) {
            evenement("URG_PASSAGE", time.plusDays(first, days), "mode_entree");
        }
        if (random.nextInt(4) > 0) {
            honoured(time.plusDays(first, 60));
        }
        int silence = 90 + random.nextInt(3);
        for (int days : List.of(20, 30, 40)) {
            evenement("URG_PASSAGE", time.plusDays(first, silence + days), "mode_entree");
        }
    }

    private void evenement(String type, Instant moment, String mode) {
        if (RandomTime.past(moment) != null) {
            Row row = new Row()
                    .with("source", "SIH")
                    .with("evenement_id", rows.nextId("evenements", "SIH"))
                    .with("patient_id", id)
                    .with("type", type)
                    .at("date_heure", moment, false);
            rows.add("evenements", mode.isEmpty() ? row : row.with(mode, "8"));
        }
    }

    private void honoured(Instant moment) {
        if (RandomTime.past(moment) != null) {
            rows.add(
                    "rendez_vous",
                    new Row()
                            .with("source", "DOCTOLIB")
                            .with("rdv_id", rows.nextId("rendez_vous", "DOCTOLIB"))
                            .with("patient_id", id)
                            .at("date_heure_debut", moment, false)
                            .with("statut", "HONORE")
                            .with("mode", "PRES")
                            .with("profession", "MG"));
        }
    }
}
