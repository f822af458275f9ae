package fr.vigie.indicators.oracle;

import fr.vigie.indicators.oracle.WorldRows.Row;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Draws the orientations of one person: alone, sent to several at once, or one after the other. */
final class RandomOrientations {

    private static final List<String> STATUTS = List.of(
            "EMISE",
            "RECUE",
            "ACCEPTEE",
            "LISTE_ATTENTE",
            "REFUSEE",
            "REORIENTEE",
            "REALISEE",
            "REALISEE",
            "REALISEE",
            "ANNULEE",
            "EXPIREE",
            "BROUILLON",
            "ERREUR");

    private final Random random;
    private final RandomTime time;
    private final WorldRows rows;
    private final RandomReferentiel referentiel;
    private final String id;

    RandomOrientations(Random random, WorldRows rows, RandomReferentiel referentiel, String id) {
        this.random = random;
        this.time = new RandomTime(random);
        this.rows = rows;
        this.referentiel = referentiel;
        this.id = id;
    }

    void addAll() {
        for (int chains = random.nextInt(4); chains > 0; chains--) {
            String source = random.nextBoolean() ? "SPICO" : "VIATRAJ";
            String chaine = random.nextInt(3) == 0 ? id + "-C" + chains : null;
            String precedente = null;
            Instant emission = time.moment();
            for (int links = 1 + random.nextInt(3); links > 0; links--) {
                boolean isFollowing = precedente != null && random.nextInt(3) > 0;
                precedente = add(source, chaine, isFollowing ? precedente : null, emission);
                emission = time.plusOneOf(emission, 0, 60, 1440, 20160, 50000);
            }
        }
    }

    private @Nullable String add(
            String source, @Nullable String chaine, @Nullable String precedente, Instant emission) {
        if (RandomTime.past(emission) == null) {
            return precedente;
        }
        String orientationId = rows.nextId("orientations", source);
        String statut = STATUTS.get(random.nextInt(STATUTS.size()));
        boolean isAnswered = List.of("ACCEPTEE", "LISTE_ATTENTE", "REFUSEE", "REORIENTEE", "REALISEE")
                .contains(statut);
        boolean isWithdrawn = List.of("ANNULEE", "EXPIREE").contains(statut);
        int days = random.nextInt(12) == 0 ? -2 : random.nextInt(25);
        rows.add(
                "orientations",
                new Row()
                        .with("source", source)
                        .with("orientation_id", orientationId)
                        .with("patient_id", id)
                        .with("chaine_id", random.nextInt(6) == 0 ? null : chaine)
                        .with("orientation_precedente_id", precedente)
                        .with("type_demande", List.of("SMR", "HAD", "SSIAD").get(random.nextInt(3)))
                        .with("statut", statut)
                        .at("date_emission", emission, random.nextInt(4) == 0)
                        .at("date_reponse", isAnswered ? sometimes(emission, days) : null, random.nextInt(2) == 0)
                        .at(
                                "date_realisation",
                                statut.equals("REALISEE") ? sometimes(emission, days + random.nextInt(40)) : null,
                                random.nextInt(2) == 0)
                        .at(
                                "date_cloture",
                                isWithdrawn ? sometimes(emission, random.nextInt(60)) : null,
                                random.nextInt(2) == 0)
                        .with("emetteur_type", "CPTS")
                        .with("emetteur_id", referentiel.dispositif())
                        .with("destinataire_type", random.nextInt(3) == 0 ? "ES" : "DAC")
                        .with("destinataire_id", referentiel.dispositif())
                        .with("commune_insee", random.nextInt(4) == 0 ? referentiel.communeOrNot() : null));
        return orientationId;
    }

    /** Mostly dated; never after the date d'arrêt. */
    private @Nullable Instant sometimes(Instant emission, int days) {
        return random.nextInt(7) == 0 ? null : RandomTime.past(time.plusDays(emission, days));
    }
}
