package fr.vigie.demonstration;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The orientations of one need: one or several recipients on the same day, then, when all refuse, the next ones. What would come after the end of
 * the demonstration, or of the person, is not told.
 */
final class OrientationChain {

    private static final int MOST_ROUNDS = 4;
    private static final Weighted LOST = Weighted.of(
            "REFUSEE=44 REORIENTEE=14 LISTE_ATTENTE=13 EMISE=6 RECUE=6 EN_ANALYSE=4 COMPLEMENT=3 EXPIREE=4 ANNULEE=6 BROUILLON=1 ERREUR=1");
    private static final Weighted REFUSALS =
            Weighted.of("PLACE=48 HORS_CRITERES=22 HORS_SECTEUR=8 DOSSIER_INCOMPLET=12 AUTRE=10");
    private static final Weighted WITHDRAWALS = Weighted.of("BESOIN_LEVE=50 REFUS_PATIENT=35 AUTRE=15");
    private static final Weighted OTHER_TYPES =
            Weighted.of("SMR=25 SSIAD=25 DOMICILE_AIDES=25 HAD=10 EHPAD=10 AUTRE=5");

    /** Somebody who sends or receives: a type of domaine 3.5 and an identifier, empty when the type says all. */
    record Actor(String type, String id) {}

    /**
     * What is asked.
     *
     * @param parallel how many recipients are asked on the first day
     * @param obtained the probability that a round succeeds
     * @param responseDays median days to an answer
     * @param accessDays median days from the answer to the care
     */
    record Demand(
            String type,
            String source,
            Actor emetteur,
            Supplier<Actor> recipients,
            LocalDateTime emission,
            int parallel,
            String urgence,
            String evenementId,
            double obtained,
            double responseDays,
            double accessDays) {}

    /** The orientation that was followed by care. */
    record Realisation(String orientationId, LocalDateTime moment) {}

    private final Dossier dossier;
    private final Draws draws;
    private final Demand demand;
    private final String chaineId;

    OrientationChain(Dossier dossier, Demand demand) {
        this.dossier = dossier;
        this.draws = dossier.draws();
        this.demand = demand;
        this.chaineId = demand.parallel() > 1 || draws.chance(0.6) ? dossier.nextId("C") : "";
    }

    /**
     * Writes the chain.
     *
     * @param knownDay the day on which care begins, when another feed already tells it
     * @return the orientation that was followed by care within the demonstration
     */
    Optional<Realisation> write(Optional<LocalDate> knownDay) {
        LocalDateTime emission = demand.emission();
        String precedent = "";
        for (int round = 0; round < MOST_ROUNDS && dossier.isPast(emission); round++) {
            int recipients = round == 0 ? demand.parallel() : 1;
            int winner = draws.chance(demand.obtained()) ? draws.below(recipients) : -1;
            LocalDateTime lastAnswer = null;
            for (int rank = 0; rank < recipients; rank++) {
                String id = dossier.nextId("O");
                LocalDateTime sent = emission.plusMinutes(rank * 4L);
                LocalDateTime answer = sent.plusMinutes(10 + draws.minutesOfHours(24 * demand.responseDays(), 0.9));
                if (rank == winner) {
                    LocalDateTime care = knownDay.map(day -> day.atTime(9, 0))
                            .filter(moment -> moment.isAfter(sent))
                            .orElseGet(() -> answer.plusMinutes(draws.minutesOfHours(24 * demand.accessDays(), 0.8)));
                    writeRealised(id, precedent, sent, answer.isAfter(care) ? care : answer, care);
                    if (recipients > 1) {
                        writeOthers(precedent, sent, recipients - rank - 1, answer);
                    }
                    return dossier.isPast(care) ? Optional.of(new Realisation(id, care)) : Optional.empty();
                }
                boolean refused = writeLost(id, precedent, sent, answer, winner >= 0);
                if (refused) {
                    lastAnswer = answer;
                    precedent = recipients == 1 ? id : precedent;
                }
            }
            if (lastAnswer == null || (chaineId.isEmpty() && precedent.isEmpty()) || !draws.chance(0.75)) {
                return Optional.empty();
            }
            emission = lastAnswer.plusMinutes(draws.between(30, 4_000));
        }
        return Optional.empty();
    }

    private void writeOthers(String precedent, LocalDateTime sent, int count, LocalDateTime answer) {
        for (int rank = 1; rank <= count; rank++) {
            writeLost(dossier.nextId("O"), precedent, sent.plusMinutes(rank * 4L), answer, true);
        }
    }

    private void writeRealised(
            String id, String precedent, LocalDateTime sent, LocalDateTime answer, LocalDateTime care) {
        if (!dossier.isPast(answer)) {
            writeOpen(id, precedent, sent);
            return;
        }
        Line line =
                line(id, precedent, sent).with("date_reponse", answer).with("date_reception", received(sent, answer));
        if (!dossier.isPast(care)) {
            dossier.write(line.with("statut", draws.chance(0.3) ? "LISTE_ATTENTE" : "ACCEPTEE")
                    .with("date_maj", dossier.version(answer)));
            return;
        }
        boolean other = demand.parallel() > 1 && draws.chance(0.14);
        line.with("statut", "REALISEE")
                .with("type_obtenu", other ? OTHER_TYPES.draw(draws) : draws.chance(0.04) ? "" : demand.type())
                .with("date_maj", dossier.version(care));
        if (!draws.chance(0.02)) {
            line.with("date_realisation", care);
        }
        LocalDateTime told = care.plusMinutes(draws.minutesOfHours(24 * 5, 0.8));
        if (draws.chance(0.45) && dossier.isPast(told)) {
            line.with("date_retour_emetteur", told).with("date_cloture", told).with("date_maj", dossier.version(told));
        }
        dossier.write(line);
    }

    /** An orientation that leads nowhere; answers whether its recipient said no. */
    private boolean writeLost(
            String id, String precedent, LocalDateTime sent, LocalDateTime answer, boolean takenElsewhere) {
        if (!dossier.isPast(answer)) {
            writeOpen(id, precedent, sent);
            return false;
        }
        String statut = takenElsewhere ? (draws.chance(0.55) ? "REFUSEE" : "ANNULEE") : LOST.draw(draws);
        Line line = line(id, precedent, sent).with("statut", statut).with("date_maj", dossier.version(answer));
        switch (statut) {
            case "REFUSEE", "REORIENTEE" ->
                line.with("date_reponse", answer)
                        .with("date_reception", received(sent, answer))
                        .with("motif", REFUSALS.draw(draws));
            case "LISTE_ATTENTE" ->
                line.with("date_reponse", answer)
                        .with("date_reception", received(sent, answer))
                        .with("motif", "PLACE");
            case "ANNULEE" ->
                line.with("date_cloture", answer).with("motif", takenElsewhere ? "DOUBLON" : WITHDRAWALS.draw(draws));
            case "RECUE", "EN_ANALYSE", "COMPLEMENT" -> line.with("date_reception", received(sent, answer));
            case "EXPIREE" -> line.with("date_cloture", answer);
            default -> {}
        }
        dossier.write(line);
        return "REFUSEE".equals(statut) || "REORIENTEE".equals(statut);
    }

    /** Not answered yet: the demonstration ends first, or the person dies. */
    private void writeOpen(String id, String precedent, LocalDateTime sent) {
        if (!dossier.isPast(sent)) {
            return;
        }
        LocalDateTime deces = dossier.patient().deces();
        Line line = line(id, precedent, sent);
        if (deces != null && draws.chance(0.8)) {
            line.with("statut", "ANNULEE")
                    .with("motif", "DECES")
                    .with("date_cloture", deces)
                    .with("date_maj", dossier.version(deces));
        } else {
            line.with("statut", draws.chance(0.5) ? "EMISE" : "RECUE").with("date_maj", dossier.version(sent));
        }
        dossier.write(line);
    }

    private @Nullable LocalDateTime received(LocalDateTime sent, LocalDateTime answer) {
        return draws.chance(0.2) ? null : draws.moment(sent, answer);
    }

    private Line line(String id, String precedent, LocalDateTime sent) {
        Actor recipient = demand.recipients().get();
        Line line = dossier.line(DemonstrationFeed.ORIENTATIONS)
                .with("orientation_id", id)
                .with("source", demand.source())
                .with("chaine_id", chaineId)
                .with("orientation_precedente_id", precedent)
                .with("type_demande", demand.type())
                .with("date_emission", sent)
                .with("emetteur_type", demand.emetteur().type())
                .with("emetteur_id", demand.emetteur().id())
                .with("destinataire_type", recipient.type())
                .with("destinataire_id", recipient.id())
                .with("urgence", demand.urgence())
                .with("evenement_origine_id", demand.evenementId());
        if (draws.chance(0.15)) {
            line.with("date_souhaitee", sent.plusDays(draws.between(1, 30)).toLocalDate());
        }
        if (draws.chance(0.6)) {
            line.with(
                    "commune_insee",
                    dossier.patient().residence(sent.toLocalDate()).code());
        }
        return line;
    }
}
