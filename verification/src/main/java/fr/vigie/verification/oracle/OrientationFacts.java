package fr.vigie.verification.oracle;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The facts {@code orientation} and {@code chaine} of one person (domaine 0.3, 0.7, 0.9 bis). What is dated at or after the limit is yet to come. */
final class OrientationFacts {

    private final Person person;
    private final Stays stays;
    private final Instant limit;
    private final List<SilverRow> orientations;

    OrientationFacts(Person person, List<SilverRow> rows, Stays stays, Instant limit) {
        this.person = person;
        this.stays = stays;
        this.limit = limit;
        this.orientations = rows.stream()
                .filter(row -> !row.isOneOf("statut", "ERREUR"))
                .sorted(Comparator.<SilverRow, Instant>comparing(row -> row.requiredInstant("date_emission"))
                        .thenComparing(row -> row.requiredText("orientation_id"))
                        .thenComparing(row -> row.requiredText("source")))
                .toList();
    }

    List<Fact> orientations() {
        List<Fact> facts = new ArrayList<>();
        for (List<SilverRow> chain : chains()) {
            chain.forEach(row -> facts.add(orientation(row, nameOf(chain))));
        }
        return facts;
    }

    /** The chains, ERREUR dropped, each in order of time. */
    private List<List<SilverRow>> chains() {
        Groups groups = new Groups(orientations.size());
        for (int one = 0; one < orientations.size(); one++) {
            for (int other = 0; other < orientations.size(); other++) {
                if (one != other && isSameChain(orientations.get(one), orientations.get(other))) {
                    groups.join(one, other);
                }
            }
        }
        return groups.members().stream()
                .map(members -> members.stream().map(orientations::get).toList())
                .toList();
    }

    List<Fact> etapes() {
        List<Fact> facts = new ArrayList<>();
        chains().forEach(chain -> facts.addAll(new EtapeFacts(person, chain, nameOf(chain), limit).etapes()));
        return facts;
    }

    private static String nameOf(List<SilverRow> chain) {
        return chain.stream().map(OrientationFacts::idOf).sorted().findFirst().orElseThrow();
    }

    private static String idOf(SilverRow row) {
        return row.requiredText("source") + "|" + row.requiredText("orientation_id");
    }

    List<Fact> chaines() {
        List<Fact> facts = new ArrayList<>();
        for (List<SilverRow> chain : chains()) {
            chain.stream()
                    .filter(row -> !row.isOneOf("statut", "BROUILLON"))
                    .findFirst()
                    .ifPresent(first -> facts.add(chaine(chain, first)));
        }
        return facts;
    }

    private static boolean isSameChain(SilverRow one, SilverRow other) {
        if (!one.requiredText("source").equals(other.text("source"))) {
            return false;
        }
        String chain = one.text("chaine_id");
        return (chain != null && chain.equals(other.text("chaine_id")))
                || one.requiredText("orientation_id").equals(other.text("orientation_precedente_id"));
    }

    private Fact orientation(SilverRow row, String chain) {
        LocalDate emission = row.requiredDay("date_emission");
        LocalDate answer = answerDay(row);
        boolean isAnswered = isAnswered(row);
        String sender = row.text("emetteur_type");
        String receiver = row.text("destinataire_type");
        return common("orientation", row)
                .with("ancre", idOf(row))
                .with("chaine", chain)
                .with("urgence", row.text("urgence"))
                .with("fin_d_attente_le", endOfWaiting(row, isAnswered))
                .with("statut", row.text("statut"))
                .with("sens", sender == null || receiver == null ? null : sender + ">" + receiver)
                .with("est_entre_dispositifs", isDispositif(sender) && isDispositif(receiver))
                .with("reponse_jours", answer == null ? null : Long.valueOf(ParisTime.days(emission, answer)))
                .with("est_repondue", isAnswered)
                .with("retrait_jours", isAnswered ? null : withdrawalDays(emission, List.of(row)))
                .build();
    }

    private static boolean isDispositif(@Nullable String type) {
        return type != null
                && !List.of("ES", "PRO", "STRUCTURE", "PATIENT", "AUTRE").contains(type);
    }

    /** A REALISEE without a dated answer was answered when it was realised. */
    private @Nullable LocalDate answerDay(SilverRow row) {
        LocalDate answer = pastDay(row, "date_reponse");
        return answer == null && row.isOneOf("statut", "REALISEE") ? pastDay(row, "date_realisation") : answer;
    }

    /** Dated or not. */
    private boolean isAnswered(SilverRow row) {
        return answerDay(row) != null
                || (row.isOneOf("statut", "ACCEPTEE", "LISTE_ATTENTE", "REFUSEE", "REORIENTEE", "REALISEE")
                        && !isYetToCome(row, "date_reponse")
                        && !(row.isOneOf("statut", "REALISEE") && isYetToCome(row, "date_realisation")));
    }

    private Fact chaine(List<SilverRow> chain, SilverRow first) {
        LocalDate emission = first.requiredDay("date_emission");
        List<SilverRow> done = chain.stream()
                .filter(row -> row.isOneOf("statut", "REALISEE") && !isYetToCome(row, "date_realisation"))
                .toList();
        // A draft joins what it stands between, but keeps nothing waiting.
        List<SilverRow> sent = chain.stream()
                .filter(row -> !row.isOneOf("statut", "BROUILLON"))
                .toList();
        String asked = first.text("type_demande");
        List<SilverRow> doneAsAsked = done.stream()
                .filter(row -> asked != null && asked.equals(row.text("type_obtenu")))
                .toList();
        long refusals = chain.stream()
                .filter(row -> row.isOneOf("statut", "REFUSEE", "REORIENTEE"))
                .filter(row -> !isYetToCome(row, "date_reponse"))
                .count();
        boolean isNoMoreNeeded = chain.stream()
                .anyMatch(row -> row.isOneOf("statut", "ANNULEE")
                        && row.isOneOf("motif", "BESOIN_LEVE")
                        && !isYetToCome(row, "date_cloture"));
        return common("chaine", first)
                .with("est_realisee", !done.isEmpty())
                .with("realisation_jours", firstDays(emission, days(done)))
                .with("est_realisee_sans_date", hasUndated(done))
                .with("conforme_jours", firstDays(emission, days(doneAsAsked)))
                .with("est_conforme_sans_date", hasUndated(doneAsAsked))
                .with(
                        "est_repondue_sans_date",
                        chain.stream().anyMatch(row -> isAnswered(row) && answerDay(row) == null))
                .with(
                        "reponse_jours",
                        firstDays(emission, chain.stream().map(this::answerDay).toList()))
                .with("refus", refusals)
                .with("est_besoin_leve", isNoMoreNeeded)
                .with(
                        "est_en_hospitalisation_non_programmee",
                        stays.isUnplannedDuring(
                                first.requiredInstant("date_emission"), first.requiredLatest("date_emission")))
                .with("medecin_traitant_jours", person.medecinTraitantDaysAfter(emission))
                .with("retrait_jours", withdrawalDays(emission, sent))
                .build();
    }

    private static List<@Nullable LocalDate> days(List<SilverRow> done) {
        return done.stream().map(row -> row.day("date_realisation")).toList();
    }

    private static boolean hasUndated(List<SilverRow> done) {
        return done.stream().anyMatch(row -> row.day("date_realisation") == null);
    }

    /** Civil days to the first of the days that are known. */
    private static @Nullable Long firstDays(LocalDate emission, List<@Nullable LocalDate> days) {
        return days.stream()
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .map(first -> Long.valueOf(ParisTime.days(emission, first)))
                .orElse(null);
    }

    /** What is known without its date counts at the emission. */
    private @Nullable Instant endOfWaiting(SilverRow row, boolean isAnswered) {
        Instant emission = row.requiredInstant("date_emission");
        if (isAnswered) {
            Instant answer = past(row, "date_reponse");
            Instant realisation = row.isOneOf("statut", "REALISEE") ? past(row, "date_realisation") : null;
            return answer != null ? answer : realisation != null ? realisation : emission;
        }
        if (row.isOneOf("statut", "ANNULEE") && !isYetToCome(row, "date_cloture")) {
            Instant closing = row.instant("date_cloture");
            return closing == null ? emission : closing;
        }
        return null;
    }

    private @Nullable Instant past(SilverRow row, String column) {
        return isYetToCome(row, column) ? null : row.instant(column);
    }

    private FactBuilder common(String table, SilverRow row) {
        String ownCommune = row.text("commune_insee");
        LocalDate emission = row.requiredDay("date_emission");
        boolean toDispositif = !row.isOneOf("destinataire_type", "ES", "PRO", "STRUCTURE", "PATIENT", "AUTRE");
        return FactBuilder.dated(table, person, row, "date_emission", ownCommune)
                .with("etablissement", row.isOneOf("destinataire_type", "ES") ? row.text("destinataire_id") : null)
                .with("dispositif", toDispositif ? row.text("destinataire_id") : null)
                .with("type_demande", row.text("type_demande"))
                .with("deces_jours", person.deathDaysAfter(emission))
                .with("depart_jours", person.departureDaysAfter(emission, ownCommune));
    }

    /** Days to the last closing when all are withdrawn, one without a date on the day it was sent; null when one is not withdrawn, or not yet. */
    private @Nullable Long withdrawalDays(LocalDate emission, List<SilverRow> rows) {
        long last = 0;
        for (SilverRow row : rows) {
            if (!row.isOneOf("statut", "ANNULEE", "EXPIREE") || isYetToCome(row, "date_cloture")) {
                return null;
            }
            LocalDate closing = row.day("date_cloture");
            last = Math.max(
                    last, ParisTime.days(emission, closing == null ? row.requiredDay("date_emission") : closing));
        }
        return last;
    }

    private boolean isYetToCome(SilverRow row, String column) {
        Instant instant = row.instant(column);
        return instant != null && !instant.isBefore(limit);
    }

    private @Nullable LocalDate pastDay(SilverRow row, String column) {
        return isYetToCome(row, column) ? null : row.day(column);
    }
}
