package fr.vigie.indicators.oracle;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The facts {@code orientation} and {@code chaine} of one person (domaine.md 0.3, 0.7, 0.9 bis). What is dated at or after the limit is yet to come. */
final class OrientationFacts {

    private final Person person;
    private final Instant limit;
    private final List<SilverRow> orientations;

    OrientationFacts(Person person, List<SilverRow> rows, Instant limit) {
        this.person = person;
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
        LocalDate answer = pastDay(row, "date_reponse");
        if (answer == null && row.isOneOf("statut", "REALISEE")) {
            answer = pastDay(row, "date_realisation");
        }
        boolean isAnswered = answer != null
                || (row.isOneOf("statut", "ACCEPTEE", "LISTE_ATTENTE", "REFUSEE", "REORIENTEE", "REALISEE")
                        && !isYetToCome(row, "date_reponse")
                        && !(row.isOneOf("statut", "REALISEE") && isYetToCome(row, "date_realisation")));
        return common("orientation", row)
                .with("ancre", idOf(row))
                .with("chaine", chain)
                .with("urgence", row.text("urgence"))
                .with("fin_d_attente_le", endOfWaiting(row, isAnswered))
                .with("statut", row.text("statut"))
                .with("reponse_jours", answer == null ? null : Long.valueOf(ParisTime.days(emission, answer)))
                .with("est_repondue", isAnswered)
                .with("retrait_jours", isAnswered ? null : withdrawalDays(emission, List.of(row)))
                .build();
    }

    private Fact chaine(List<SilverRow> chain, SilverRow first) {
        LocalDate emission = first.requiredDay("date_emission");
        List<SilverRow> done = chain.stream()
                .filter(row -> row.isOneOf("statut", "REALISEE") && !isYetToCome(row, "date_realisation"))
                .toList();
        LocalDate realisation = done.stream()
                .map(row -> row.day("date_realisation"))
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
        return common("chaine", first)
                .with("est_realisee", !done.isEmpty())
                .with(
                        "realisation_jours",
                        realisation == null ? null : Long.valueOf(ParisTime.days(emission, realisation)))
                .with("retrait_jours", withdrawalDays(emission, chain))
                .build();
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

    /** Days to the last closing when all are withdrawn, 0 when no closing is dated; null when one is not withdrawn, or not yet. */
    private @Nullable Long withdrawalDays(LocalDate emission, List<SilverRow> rows) {
        long last = 0;
        boolean isDated = false;
        for (SilverRow row : rows) {
            if (!row.isOneOf("statut", "ANNULEE", "EXPIREE") || isYetToCome(row, "date_cloture")) {
                return null;
            }
            LocalDate closing = row.day("date_cloture");
            if (closing != null) {
                long days = ParisTime.days(emission, closing);
                last = isDated ? Math.max(last, days) : days;
                isDated = true;
            }
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
