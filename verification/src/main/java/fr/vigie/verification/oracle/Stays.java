package fr.vigie.verification.oracle;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The stays in hospital of one person: which admission goes with which sortie, which stays make one episode (domaine 0.3, 0.9 bis). */
final class Stays {

    private static final long SECONDS_OF_24_H = 86_400;

    private static final Comparator<SilverRow> BY_TIME = Comparator.<SilverRow, Instant>comparing(
                    row -> row.requiredInstant("date_heure"))
            .thenComparing(row -> row.requiredText("evenement_id"))
            .thenComparing(row -> row.requiredText("source"));

    /** One line that tells a sortie, with the admission that it names, or else that precedes it. */
    private record Telling(SilverRow sortie, @Nullable SilverRow admission, boolean isReversed) {

        /** What is known of the entry: of a stay typed the wrong way round, its day when it is that of the sortie. */
        @Nullable
        SilverRow entry() {
            if (admission == null || !isReversed) {
                return admission;
            }
            LocalDate day = sortie.requiredDay("date_heure");
            if (!day.equals(admission.requiredDay("date_heure"))) {
                return null;
            }
            Map<String, Object> values = new HashMap<>(admission.values());
            values.put("date_heure", ParisTime.midnight(day));
            values.put("date_heure_precision", "jour");
            return SilverRow.of(values);
        }

        boolean isLeftByTransfer() {
            return sortie.isOneOf("mode_sortie", "6", "7");
        }

        boolean isEnteredByTransfer() {
            SilverRow entry = entry();
            return entry != null && isTransferEntry(entry);
        }

        /** Domaine.md 0.9 bis « Même séjour, deux sources »: whether two lines of one person tell one stay. */
        boolean isSameStayAs(Telling other) {
            if (!sortie.requiredDay("date_heure").equals(other.sortie.requiredDay("date_heure"))) {
                return false;
            }
            String finess = sortie.text("finess");
            String otherFiness = other.sortie.text("finess");
            boolean isOneSource = sortie.requiredText("source").equals(other.sortie.requiredText("source"));
            if (isOneSource
                    && !(Objects.equals(finess, otherFiness)
                            && sortie.requiredInstant("date_heure").equals(other.sortie.requiredInstant("date_heure"))
                            && sortie.isDayOnly("date_heure") == other.sortie.isDayOnly("date_heure"))) {
                return false;
            }
            if (finess != null && otherFiness != null && !finess.equals(otherFiness)) {
                return false;
            }
            SilverRow entry = entry();
            SilverRow otherEntry = other.entry();
            if (entry != null
                    && otherEntry != null
                    && Math.abs(ParisTime.days(entry.requiredDay("date_heure"), otherEntry.requiredDay("date_heure")))
                            > 1) {
                return false;
            }
            // The hospital that hands over and the one that receives, on one day.
            boolean areAlike = isLeftByTransfer() == other.isLeftByTransfer()
                    && isEnteredByTransfer() == other.isEnteredByTransfer();
            boolean isHandover = isLeftByTransfer() && other.isEnteredByTransfer()
                    || other.isLeftByTransfer() && isEnteredByTransfer();
            return areAlike || !isHandover;
        }
    }

    /**
     * One stay that has ended.
     *
     * @param sortie the line that prevails, completed by the others
     * @param admission of which the entry is known, completed by those of the other lines; null when none is
     * @param own the admission that counts: that of {@code admission}, else one typed after its sortie; null when none is known
     * @param repeated the other admissions that its lines name
     */
    record Stay(
            SilverRow sortie,
            @Nullable SilverRow admission,
            @Nullable SilverRow own,
            List<SilverRow> repeated,
            boolean isSeanceOuNaissance,
            boolean isProgramme) {

        /** The lines of one stay, the one that prevails first. */
        static Stay of(List<Telling> tellings) {
            List<Telling> entered =
                    tellings.stream().filter(one -> one.entry() != null).toList();
            // A line without a known entry may still say whether the stay was planned, and what for.
            List<SilverRow> admissions = Stream.concat(
                            entered.stream(), tellings.stream().filter(one -> one.entry() == null))
                    .flatMap(one -> Stream.ofNullable(one.admission()))
                    .toList();
            List<SilverRow> inOrder = tellings.stream()
                    .flatMap(one -> Stream.ofNullable(one.admission()))
                    .toList();
            SilverRow sortie = completed(tellings.stream().map(Telling::sortie).toList());
            SilverRow own = admissions.isEmpty() ? null : admissions.get(0);
            return new Stay(
                    sortie,
                    entered.isEmpty()
                            ? null
                            : completed(entered.stream()
                                    .map(one -> Objects.requireNonNull(one.entry()))
                                    .toList()),
                    own,
                    admissions.stream().filter(row -> !row.equals(own)).toList(),
                    isSeanceOuNaissanceCode(sortie)
                            || (!inOrder.isEmpty() && isSeanceOuNaissanceCode(completed(inOrder))),
                    !admissions.isEmpty() && completed(admissions).isTrue("programme"));
        }

        /** The first row, with what it lacks taken from the next one that says it. */
        private static SilverRow completed(List<SilverRow> rows) {
            Map<String, Object> values = new HashMap<>();
            for (SilverRow row : rows) {
                row.values().forEach(values::putIfAbsent);
            }
            return SilverRow.of(values);
        }

        Instant instant() {
            return sortie.requiredInstant("date_heure");
        }

        LocalDate day() {
            return sortie.requiredDay("date_heure");
        }

        boolean names(SilverRow row) {
            return row.equals(own) || repeated.contains(row);
        }
    }

    /**
     * The stays joined by transfers up to a sortie.
     *
     * @param stays the first stay first; the last one ends with the sortie
     */
    record Episode(List<Stay> stays) {

        Stay last() {
            return stays.get(stays.size() - 1);
        }

        @Nullable
        SilverRow firstAdmission() {
            return stays.get(0).admission();
        }

        boolean isSortieIndex() {
            return last().sortie().isOneOf("mode_sortie", "8");
        }

        @Nullable
        Long nuits() {
            SilverRow admission = firstAdmission();
            return admission == null
                    ? null
                    : Long.valueOf(ParisTime.days(admission.requiredDay("date_heure"), last().day()));
        }

        boolean isHospitalisationComplete() {
            Long nuits = nuits();
            return nuits == null || nuits >= 1;
        }

        boolean isEntreeParTransfert() {
            SilverRow admission = firstAdmission();
            return admission != null && isTransferEntry(admission);
        }

        /** By the diagnosis of the stay that ends, whatever those before it were. */
        boolean isSeanceOuNaissance() {
            return last().isSeanceOuNaissance();
        }

        /** Whether a line of the stay that ends, or of the one that the episode began with, names an admission as its own. */
        boolean holds(SilverRow admission) {
            return last().names(admission) || stays.get(0).names(admission);
        }

        /** Told by the first admission. */
        boolean isProgramme() {
            return stays.get(0).isProgramme();
        }
    }

    private final List<SilverRow> admissions;
    private final List<SilverRow> sorties;
    private final List<Stay> stays;

    Stays(List<SilverRow> evenements) {
        admissions = evenements.stream()
                .filter(row -> row.isOneOf("type", "HOSPI_ADMISSION"))
                .sorted(BY_TIME)
                .toList();
        sorties = evenements.stream()
                .filter(row -> row.isOneOf("type", "HOSPI_SORTIE"))
                .sorted(BY_TIME)
                .toList();
        stays = stays(sorties.stream().map(this::telling).toList());
    }

    /** Each line joins the first one before it, by the order in which they prevail, that stands by itself and tells the same stay. */
    private static List<Stay> stays(List<Telling> tellings) {
        List<List<Telling>> told = new ArrayList<>();
        tellings.stream()
                .sorted(Comparator.<Telling, Boolean>comparing(
                                one -> one.sortie().isDayOnly("date_heure"))
                        .thenComparing(one -> one.sortie().requiredText("source"))
                        .thenComparing(one -> one.sortie().requiredInstant("date_heure"))
                        .thenComparing(one -> one.sortie().requiredText("evenement_id")))
                .forEach(telling -> told.stream()
                        .filter(lines -> lines.get(0).isSameStayAs(telling))
                        .findFirst()
                        .ifPresentOrElse(
                                lines -> lines.add(telling), () -> told.add(new ArrayList<>(List.of(telling)))));
        return told.stream()
                .map(Stay::of)
                .sorted(Comparator.comparing(Stay::sortie, BY_TIME))
                .toList();
    }

    /** One episode per sortie, in order of time; those of a transfer are the beginnings of longer ones. */
    List<Episode> episodes() {
        return stays.stream().map(this::episodeOf).toList();
    }

    /**
     * Whether an instant, known between two bounds, may fall in an episode of which the first admission was not planned. A stay of which no sortie
     * is told lasts until the next admission or sortie; of an episode without a first admission, nothing is known.
     */
    boolean isUnplannedDuring(Instant earliest, Instant latest) {
        for (Episode episode : episodes()) {
            SilverRow first = episode.firstAdmission();
            if (first != null
                    && !episode.isProgramme()
                    && !first.requiredInstant("date_heure").isAfter(latest)
                    && !episode.last().sortie().requiredLatest("date_heure").isBefore(earliest)) {
                return true;
            }
        }
        for (SilverRow admission : admissions) {
            Instant next = nextEvenementAfter(admission.requiredInstant("date_heure"));
            if (stays.stream().noneMatch(stay -> stay.names(admission))
                    && isUnplannedFrom(admission, latest)
                    && (next == null || earliest.isBefore(next))) {
                return true;
            }
        }
        return false;
    }

    /** Of an admission without sortie: whether the episode that it goes on with began by then, and was not planned. */
    private boolean isUnplannedFrom(SilverRow admission, Instant latest) {
        Stay before = isTransferEntry(admission) ? leftByTransferAround(admission, null) : null;
        Episode begun = before == null ? null : episodeOf(before);
        SilverRow first = begun == null ? admission : begun.firstAdmission();
        boolean isPlanned = begun == null ? admission.isTrue("programme") : begun.isProgramme();
        return first != null
                && !isPlanned
                && !first.requiredInstant("date_heure").isAfter(latest);
    }

    private @Nullable Instant nextEvenementAfter(Instant instant) {
        return Stream.concat(admissions.stream(), sorties.stream())
                .map(row -> row.requiredInstant("date_heure"))
                .filter(other -> other.isAfter(instant))
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    /** Unplanned admissions that are no transfer, séance or birth, in order of time; of those that tell one stay, one alone. */
    List<SilverRow> unplannedAdmissions() {
        return admissions.stream().filter(this::isReturn).toList();
    }

    private boolean isReturn(SilverRow admission) {
        List<Stay> own =
                stays.stream().filter(stay -> admission.equals(stay.own())).toList();
        if (own.isEmpty()) {
            return stays.stream().noneMatch(stay -> stay.names(admission))
                    && !admission.isTrue("programme")
                    && !isTransferEntry(admission)
                    && !isSeanceOuNaissanceCode(admission);
        }
        return !isTransferEntry(admission)
                && !isSeanceOuNaissanceCode(admission)
                && own.stream()
                        .noneMatch(stay -> stay.isProgramme()
                                || stay.isSeanceOuNaissance()
                                || (stay.admission() != null && isTransferEntry(stay.admission())));
    }

    private Telling telling(SilverRow sortie) {
        String link = sortie.text("lien_evenement_id");
        for (SilverRow admission : admissions) {
            if (admission.requiredText("evenement_id").equals(link)
                    && admission.requiredText("source").equals(sortie.text("source"))) {
                return new Telling(sortie, admission, !mayPrecede(admission, sortie));
            }
        }
        String finess = sortie.text("finess");
        SilverRow last = null;
        for (SilverRow admission : admissions) {
            if ((finess == null || finess.equals(admission.text("finess")))
                    && mayPrecede(admission, sortie)
                    && !isNextEntry(admission, sortie)) {
                last = admission;
            }
        }
        return new Telling(sortie, last == null || hasSortieBetween(last, sortie) ? null : last, false);
    }

    /** On one day, of which an hour is missing, the admission comes first. */
    private static boolean mayPrecede(SilverRow admission, SilverRow sortie) {
        return !admission.requiredInstant("date_heure").isAfter(sortie.requiredLatest("date_heure"));
    }

    /** A sortie by transfer and an entry by transfer that does not surely come before it: the patient goes on, and that is the next stay. */
    private static boolean isNextEntry(SilverRow admission, SilverRow sortie) {
        return sortie.isOneOf("mode_sortie", "6", "7")
                && isTransferEntry(admission)
                && !admission.requiredLatest("date_heure").isBefore(sortie.requiredInstant("date_heure"));
    }

    private boolean hasSortieBetween(SilverRow admission, SilverRow sortie) {
        Instant start = admission.requiredInstant("date_heure");
        Instant end = sortie.requiredInstant("date_heure");
        return sorties.stream()
                .filter(other -> !other.equals(sortie))
                .map(other -> other.requiredInstant("date_heure"))
                .anyMatch(between -> between.isAfter(start) && between.isBefore(end));
    }

    private Episode episodeOf(Stay last) {
        List<Stay> chain = new ArrayList<>(List.of(last));
        Set<Stay> seen = new HashSet<>(chain);
        Stay before = stayBefore(last);
        while (before != null && seen.add(before)) {
            chain.add(0, before);
            before = stayBefore(before);
        }
        return new Episode(chain);
    }

    /** The stay left by transfer within 24 h of this one's own entry by transfer; the nearest of them, then the last. */
    private @Nullable Stay stayBefore(Stay stay) {
        SilverRow admission = stay.admission();
        return admission == null || !isTransferEntry(admission) ? null : leftByTransferAround(admission, stay);
    }

    private @Nullable Stay leftByTransferAround(SilverRow admission, @Nullable Stay stay) {
        Stay before = null;
        long nearest = SECONDS_OF_24_H;
        for (Stay other : stays) {
            if (other != stay && other.sortie().isOneOf("mode_sortie", "6", "7") && mayBeginBefore(other, admission)) {
                long gap = leastGap(other.sortie(), admission);
                if (gap <= nearest) {
                    before = other;
                    nearest = gap;
                }
            }
        }
        return before;
    }

    /** A patient is not handed over by a stay that began later. */
    private static boolean mayBeginBefore(Stay other, SilverRow admission) {
        return other.admission() == null
                || !other.admission().requiredInstant("date_heure").isAfter(admission.requiredLatest("date_heure"));
    }

    /** In absolute value, when each is where it is nearest to the other: an hour that is missing does not break a transfer told on both sides. */
    private static long leastGap(SilverRow sortie, SilverRow admission) {
        long after = ParisTime.seconds(sortie.requiredLatest("date_heure"), admission.requiredInstant("date_heure"));
        long before = ParisTime.seconds(admission.requiredLatest("date_heure"), sortie.requiredInstant("date_heure"));
        return Math.max(0, Math.max(after, before));
    }

    private static boolean isTransferEntry(SilverRow admission) {
        return admission.isOneOf("mode_entree", "6", "7");
    }

    private static boolean isSeanceOuNaissanceCode(SilverRow row) {
        String code = row.text("code");
        if (code == null) {
            return false;
        }
        String plain = code.replace(".", "").replace(" ", "").toUpperCase(Locale.ROOT);
        return plain.startsWith("Z49")
                || plain.startsWith("Z510")
                || plain.startsWith("Z511")
                || plain.startsWith("Z38");
    }
}
