package fr.vigie.verification.oracle;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The stays in hospital of one person: which admission goes with which sortie, which stays make one episode (domaine.md 0.3, 0.9 bis). */
final class Stays {

    private static final long SECONDS_OF_24_H = 86_400;

    /** One stay that has ended; the admission is null when unknown. */
    record Stay(@Nullable SilverRow admission, SilverRow sortie) {
        Instant instant() {
            return sortie.requiredInstant("date_heure");
        }

        LocalDate day() {
            return sortie.requiredDay("date_heure");
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
            return isSeanceOuNaissanceCode(last().sortie())
                    || (last().admission() != null && isSeanceOuNaissanceCode(last().admission()));
        }

        boolean holds(SilverRow admission) {
            return stays.stream().anyMatch(stay -> admission.equals(stay.admission()));
        }
    }

    private final List<SilverRow> admissions;
    private final List<SilverRow> sorties;
    private final List<Stay> stays;

    Stays(List<SilverRow> evenements) {
        Comparator<SilverRow> byTime = Comparator.<SilverRow, Instant>comparing(
                        row -> row.requiredInstant("date_heure"))
                .thenComparing(row -> row.requiredText("evenement_id"))
                .thenComparing(row -> row.requiredText("source"));
        admissions = evenements.stream()
                .filter(row -> row.isOneOf("type", "HOSPI_ADMISSION"))
                .sorted(byTime)
                .toList();
        sorties = evenements.stream()
                .filter(row -> row.isOneOf("type", "HOSPI_SORTIE"))
                .sorted(byTime)
                .toList();
        stays = sorties.stream()
                .map(sortie -> new Stay(admissionOf(sortie), sortie))
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
                    && !first.isTrue("programme")
                    && !first.requiredInstant("date_heure").isAfter(latest)
                    && !episode.last().sortie().requiredLatest("date_heure").isBefore(earliest)) {
                return true;
            }
        }
        for (SilverRow admission : admissions) {
            boolean isOpen = stays.stream().noneMatch(stay -> admission.equals(stay.admission()));
            SilverRow first = isOpen ? firstAdmissionOfOpen(admission) : null;
            Instant next = nextEvenementAfter(admission.requiredInstant("date_heure"));
            if (first != null
                    && !first.isTrue("programme")
                    && !first.requiredInstant("date_heure").isAfter(latest)
                    && (next == null || earliest.isBefore(next))) {
                return true;
            }
        }
        return false;
    }

    private @Nullable SilverRow firstAdmissionOfOpen(SilverRow admission) {
        Stay before = isTransferEntry(admission) ? leftByTransferBefore(admission, null) : null;
        return before == null ? admission : episodeOf(before).firstAdmission();
    }

    private @Nullable Instant nextEvenementAfter(Instant instant) {
        return Stream.concat(admissions.stream(), sorties.stream())
                .map(row -> row.requiredInstant("date_heure"))
                .filter(other -> other.isAfter(instant))
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    /** Unplanned admissions that are no transfer, séance or birth, in order of time. */
    List<SilverRow> unplannedAdmissions() {
        return admissions.stream()
                .filter(admission -> !admission.isTrue("programme"))
                .filter(admission -> !isTransferEntry(admission))
                .filter(admission -> !isSeanceOuNaissanceCode(admission))
                .filter(admission -> stays.stream()
                        .noneMatch(
                                stay -> admission.equals(stay.admission()) && isSeanceOuNaissanceCode(stay.sortie())))
                .toList();
    }

    private @Nullable SilverRow admissionOf(SilverRow sortie) {
        String link = sortie.text("lien_evenement_id");
        for (SilverRow admission : admissions) {
            if (admission.requiredText("evenement_id").equals(link)
                    && admission.requiredText("source").equals(sortie.text("source"))) {
                return admission;
            }
        }
        String finess = sortie.text("finess");
        SilverRow last = null;
        for (SilverRow admission : admissions) {
            if ((finess == null || finess.equals(admission.text("finess"))) && mayPrecede(admission, sortie)) {
                last = admission;
            }
        }
        return last == null || hasSortieBetween(last, sortie) ? null : last;
    }

    /** On one day, of which an hour is missing, the admission comes first. */
    private static boolean mayPrecede(SilverRow admission, SilverRow sortie) {
        return !admission.requiredInstant("date_heure").isAfter(sortie.requiredLatest("date_heure"));
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

    /** The stay left by transfer at most 24 h before this one was entered by transfer; the last of them. */
    private @Nullable Stay stayBefore(Stay stay) {
        SilverRow admission = stay.admission();
        return admission == null || !isTransferEntry(admission) ? null : leftByTransferBefore(admission, stay);
    }

    private @Nullable Stay leftByTransferBefore(SilverRow admission, @Nullable Stay stay) {
        Stay before = null;
        for (Stay other : stays) {
            if (other != stay
                    && other.sortie().isOneOf("mode_sortie", "6", "7")
                    && mayFollow(other.sortie(), admission)) {
                before = other;
            }
        }
        return before;
    }

    /** Whether the gap can be from 0 to 24 h: an hour that is missing does not break a transfer told on both sides. */
    private static boolean mayFollow(SilverRow sortie, SilverRow admission) {
        long greatestGap =
                ParisTime.seconds(sortie.requiredInstant("date_heure"), admission.requiredLatest("date_heure"));
        long leastGap = ParisTime.seconds(sortie.requiredLatest("date_heure"), admission.requiredInstant("date_heure"));
        return greatestGap >= 0 && leastGap <= SECONDS_OF_24_H;
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
