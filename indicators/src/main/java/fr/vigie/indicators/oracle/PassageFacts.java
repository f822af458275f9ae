package fr.vigie.indicators.oracle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The facts {@code passage} of one person: RPU close to one another are one passage (domaine.md 0.9 bis URG-01). */
final class PassageFacts {

    private static final long SECONDS_OF_4_H = 4 * 3600;
    private static final long SECONDS_OF_24_H = 24 * 3600;

    private final Person person;
    private final Instant limit;
    private final List<SilverRow> firstRpus;

    PassageFacts(Person person, List<SilverRow> evenements, Instant limit) {
        this.person = person;
        this.limit = limit;
        List<SilverRow> rpus = evenements.stream()
                .filter(row -> row.isOneOf("type", "URG_PASSAGE"))
                .sorted(Comparator.<SilverRow, Instant>comparing(row -> row.requiredInstant("date_heure"))
                        .thenComparing(row -> row.requiredText("evenement_id"))
                        .thenComparing(row -> row.requiredText("source")))
                .toList();
        Groups groups = new Groups(rpus.size());
        for (int later = 0; later < rpus.size(); later++) {
            for (int earlier = 0; earlier < later; earlier++) {
                if (isSamePassage(rpus.get(earlier), rpus.get(later))) {
                    groups.join(earlier, later);
                }
            }
        }
        firstRpus = groups.members().stream()
                .map(members -> rpus.get(members.get(0)))
                .toList();
    }

    List<Fact> passages() {
        List<Fact> facts = new ArrayList<>();
        List<SilverRow> field = new ArrayList<>();
        for (SilverRow rpu : firstRpus) {
            boolean isConvoque = rpu.isTrue("convoque");
            boolean isProgramme = rpu.isTrue("programme");
            boolean isTransfer = rpu.isOneOf("mode_entree", "6", "7");
            boolean isInField = !isConvoque && !isProgramme && !isTransfer;
            FactBuilder fact = FactBuilder.dated("passage", person, rpu, "date_heure", rpu.text("commune_insee"))
                    .with("etablissement", rpu.text("finess"))
                    .with("dispositif", rpu.text("dispositif_id"))
                    .with("est_convoque", isConvoque)
                    .with("est_programme", isProgramme)
                    .with("est_entree_par_transfert", isTransfer)
                    .with("est_dans_le_champ", isInField);
            if (isInField) {
                fact.with("jours_depuis_2_passages", daysSince(field, 2, rpu))
                        .with("jours_depuis_3_passages", daysSince(field, 3, rpu));
                if (!field.isEmpty()) {
                    Instant previous = field.get(field.size() - 1).requiredInstant("date_heure");
                    fact.with(
                            "secondes_depuis_passage", ParisTime.seconds(previous, rpu.requiredInstant("date_heure")));
                }
                field.add(rpu);
            }
            facts.add(fact.build());
        }
        return facts;
    }

    private static @Nullable Long daysSince(List<SilverRow> field, int back, SilverRow rpu) {
        return field.size() < back
                ? null
                : Long.valueOf(ParisTime.days(
                        field.get(field.size() - back).requiredDay("date_heure"), rpu.requiredDay("date_heure")));
    }

    /** Less than 4 h after the end (else the start) of the earlier one, or entered by transfer within 24 h of a sortie by transfer. */
    private boolean isSamePassage(SilverRow earlier, SilverRow later) {
        Instant start = earlier.requiredInstant("date_heure");
        Instant told = earlier.instant("date_heure_fin");
        Instant end = told == null || !told.isBefore(limit) ? start : told;
        long gap = ParisTime.seconds(end, later.requiredInstant("date_heure"));
        boolean isTransfer = earlier.isOneOf("mode_sortie", "6", "7") && later.isOneOf("mode_entree", "6", "7");
        return gap < SECONDS_OF_4_H || (isTransfer && gap <= SECONDS_OF_24_H);
    }
}
