package fr.vigie.verification.oracle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The facts {@code passage} of one person: RPU close to one another are one passage (domaine 0.9 bis URG-01). */
final class PassageFacts {

    private static final long SECONDS_OF_4_H = 4 * 3600;
    private static final long SECONDS_OF_24_H = 24 * 3600;
    private static final long DAYS_OF_SILENCE = 90;

    private final Person person;
    private final Instant limit;
    private final List<SilverRow> firstRpus;
    private final Suivi suivi;

    PassageFacts(Person person, List<SilverRow> evenements, Suivi suivi, Instant limit) {
        this.person = person;
        this.limit = limit;
        this.suivi = suivi;
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
        Map<SilverRow, Serie> series = series();
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
                    .with("est_dans_le_champ", isInField)
                    .with("ancre", rpu.requiredText("source") + "|" + rpu.requiredText("evenement_id"));
            Serie serie = series.get(rpu);
            if (serie != null) {
                fact.with("serie", serie.number).with("serie_close_le", serie.end);
            }
            if (isInField) {
                fact.with("jours_depuis_2_passages", daysSince(field, 2, rpu))
                        .with("jours_depuis_3_passages", daysSince(field, 3, rpu));
                if (!field.isEmpty()) {
                    SilverRow previous = field.get(field.size() - 1);
                    long least =
                            ParisTime.seconds(previous.requiredLatest("date_heure"), rpu.requiredInstant("date_heure"));
                    long greatest =
                            ParisTime.seconds(previous.requiredInstant("date_heure"), rpu.requiredLatest("date_heure"));
                    fact.uncertain("secondes_depuis_passage", Math.max(0, least), greatest);
                }
                field.add(rpu);
            }
            facts.add(fact.build());
        }
        return facts;
    }

    /** Passages of the field that no silence of 90 days with an honoured rendez-vous parts. */
    private static final class Serie {
        private final long number;
        private @Nullable Instant end;

        private Serie(long number) {
            this.number = number;
        }
    }

    private Map<SilverRow, Serie> series() {
        List<SilverRow> field = firstRpus.stream()
                .filter(rpu -> !rpu.isTrue("convoque") && !rpu.isTrue("programme"))
                .filter(rpu -> !rpu.isOneOf("mode_entree", "6", "7"))
                .toList();
        Map<SilverRow, Serie> series = new HashMap<>();
        Serie current = new Serie(0);
        for (int i = 0; i < field.size(); i++) {
            series.put(field.get(i), current);
            Instant next = i + 1 < field.size() ? field.get(i + 1).requiredInstant("date_heure") : limit;
            Instant end = endOfSilence(field.get(i));
            boolean isOver = end != null && (end.isBefore(next) || (i + 1 < field.size() && end.equals(next)));
            if (isOver) {
                current.end = end;
                current = new Serie(current.number + 1);
            }
        }
        return series;
    }

    /** 90 whole days are over and somebody has met the person since, whatever comes next; null while nobody has. */
    private @Nullable Instant endOfSilence(SilverRow passage) {
        Instant met = suivi.firstHonouredFrom(passage.requiredInstant("date_heure"));
        if (met == null) {
            return null;
        }
        Instant silence = ParisTime.midnight(passage.requiredDay("date_heure").plusDays(DAYS_OF_SILENCE + 1));
        return met.isAfter(silence) ? met : silence;
    }

    private static @Nullable Long daysSince(List<SilverRow> field, int back, SilverRow rpu) {
        return field.size() < back
                ? null
                : Long.valueOf(ParisTime.days(
                        field.get(field.size() - back).requiredDay("date_heure"), rpu.requiredDay("date_heure")));
    }

    /** Less than 4 h after the end of the earlier one (else, or when its dates are in disorder, its start), or entered by transfer within 24 h of a sortie by transfer. */
    private boolean isSamePassage(SilverRow earlier, SilverRow later) {
        Instant start = earlier.requiredInstant("date_heure");
        Instant told = earlier.instant("date_heure_fin");
        Instant end = told != null && told.isBefore(limit) && !told.isBefore(start) ? told : start;
        long gap = ParisTime.seconds(end, later.requiredInstant("date_heure"));
        boolean isTransfer = earlier.isOneOf("mode_sortie", "6", "7") && later.isOneOf("mode_entree", "6", "7");
        return gap < SECONDS_OF_4_H || (isTransfer && gap <= SECONDS_OF_24_H);
    }
}
