package fr.vigie.verification.oracle;

import fr.vigie.verification.oracle.WorldRows.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
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

    private static final List<String> TYPES = List.of("SMR", "SMR", "HAD", "RECHERCHE_MT");

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

    /**
     * @param sorties of the person: orientations are often emitted from the bed, some hours or days before
     * @param declaration told when a request for a médecin traitant is answered by one
     */
    void addAll(List<Instant> sorties, Consumer<LocalDate> declaration) {
        for (int chains = random.nextInt(4); chains > 0; chains--) {
            String source = random.nextBoolean() ? "SPICO" : "VIATRAJ";
            String chaine = random.nextInt(3) == 0 ? id + "-C" + chains : null;
            String precedente = null;
            Instant emission = sorties.isEmpty() || random.nextInt(3) == 0
                    ? time.moment()
                    : time.plusOneOf(sorties.get(random.nextInt(sorties.size())), -3000, -1440, -60, 0, 1);
            String type = TYPES.get(random.nextInt(TYPES.size()));
            if (type.equals("RECHERCHE_MT") && random.nextInt(3) > 0) {
                Instant obtained = time.plusDays(
                        emission, List.of(0, 12, 90, 179, 180, 181, 250).get(random.nextInt(7)));
                if (RandomTime.past(obtained) != null) {
                    declaration.accept(ParisTime.dayOf(obtained));
                }
            }
            for (int links = 1 + random.nextInt(3); links > 0; links--) {
                boolean isFollowing = precedente != null && random.nextInt(3) > 0;
                precedente = add(source, chaine, isFollowing ? precedente : null, emission, type);
                emission = time.plusOneOf(emission, 0, 60, 1440, 20160, 50000);
            }
        }
    }

    private @Nullable String add(
            String source, @Nullable String chaine, @Nullable String precedente, Instant emission, String type) {
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
                        .with("type_demande", random.nextInt(6) == 0 ? "SSIAD" : type)
                        .with("type_obtenu", statut.equals("REALISEE") ? obtained(type) : null)
                        .with(
                                "motif",
                                statut.equals("ANNULEE") && random.nextInt(3) > 0
                                        ? "BESOIN_LEVE"
                                        : statut.equals("REFUSEE") ? "PLACE" : null)
                        .with("statut", statut)
                        .at("date_emission", emission, random.nextInt(4) == 0)
                        .at("date_reponse", isAnswered ? sometimes(emission, days) : null, random.nextInt(2) == 0)
                        .at(
                                "date_realisation",
                                statut.equals("REALISEE") ? sometimes(emission, daysToCare(days)) : null,
                                random.nextInt(2) == 0)
                        .at(
                                "date_cloture",
                                isWithdrawn ? sometimes(emission, random.nextInt(60)) : null,
                                random.nextInt(2) == 0)
                        .with("emetteur_type", List.of("CPTS", "DAC", "ES").get(random.nextInt(3)))
                        .with("emetteur_id", referentiel.dispositif())
                        .with(
                                "destinataire_type",
                                List.of("ES", "DAC", "CPTS", "PRO").get(random.nextInt(4)))
                        .with("destinataire_id", referentiel.dispositif())
                        .with("commune_insee", random.nextInt(4) == 0 ? referentiel.communeOrNot() : null));
        return orientationId;
    }

    /** Some days after the answer, or at the bound of 90 days; with the answer where that one comes before the emission. */
    private int daysToCare(int answer) {
        if (answer < 0) {
            return answer;
        }
        return random.nextInt(3) == 0 ? 90 + random.nextInt(2) : answer + random.nextInt(40);
    }

    /** What was asked, something else, or nobody knows what. */
    private @Nullable String obtained(String type) {
        int draw = random.nextInt(4);
        return draw == 0 ? null : draw == 1 ? "EHPAD" : type;
    }

    /** Mostly dated; never after the date d'arrêt. */
    private @Nullable Instant sometimes(Instant emission, int days) {
        return random.nextInt(7) == 0 ? null : RandomTime.past(time.plusDays(emission, days));
    }
}
