package fr.vigie.verification.oracle;

import java.time.LocalDate;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/**
 * When a person was born, between two days; both null when nothing is known (domaine 0.2).
 *
 * @param earliest first day on which the person may have been born
 * @param latest last one
 */
record Birth(@Nullable LocalDate earliest, @Nullable LocalDate latest) {

    private static final int[] CLASS_STARTS = {0, 6, 16, 45, 60, 65, 75, 85};
    private static final String[] CLASS_NAMES = {"0-5", "6-15", "16-44", "45-59", "60-64", "65-74", "75-84", "85+"};

    /** The most precise of what is known. */
    static Birth of(@Nullable LocalDate day, @Nullable String month, @Nullable Integer year) {
        if (day != null) {
            return new Birth(day, day);
        }
        if (month != null) {
            YearMonth known = YearMonth.parse(month);
            return new Birth(known.atDay(1), known.atEndOfMonth());
        }
        if (year != null) {
            return new Birth(LocalDate.of(year, 1, 1), LocalDate.of(year, 12, 31));
        }
        return new Birth(null, null);
    }

    long leastAgeOn(LocalDate day) {
        return latest == null ? 0 : age(latest, day);
    }

    @Nullable
    Long greatestAgeOn(LocalDate day) {
        return earliest == null ? null : Long.valueOf(age(earliest, day));
    }

    String classOn(LocalDate day) {
        Long greatest = greatestAgeOn(day);
        if (greatest == null) {
            return "inconnu";
        }
        String ofLeast = className(leastAgeOn(day));
        return ofLeast.equals(className(greatest)) ? ofLeast : "inconnu";
    }

    boolean isSurelyAfter(LocalDate day) {
        return earliest != null && earliest.isAfter(day);
    }

    /** Completed years: somebody born on 29 February grows older on 1 March of the other years. */
    private static long age(LocalDate birth, LocalDate day) {
        long years = day.getYear() - birth.getYear();
        boolean birthdayToCome = day.getMonthValue() < birth.getMonthValue()
                || (day.getMonthValue() == birth.getMonthValue() && day.getDayOfMonth() < birth.getDayOfMonth());
        return Math.max(0, birthdayToCome ? years - 1 : years);
    }

    private static String className(long age) {
        int index = CLASS_STARTS.length - 1;
        while (CLASS_STARTS[index] > age) {
            index--;
        }
        return CLASS_NAMES[index];
    }
}
