package fr.vigie.intake;

import java.time.LocalDate;
import java.time.Period;
import java.time.YearMonth;

/**
 * Dates, months and years of birth. The most careful reading of a month or year is kept: a birth is refused only when every day that it
 * may mean is in the future, or makes the person older than 120.
 */
final class BirthReader {

    static final int OLDEST = 120;

    private final DateReader dates;

    BirthReader(DateReader dates) {
        this.dates = dates;
    }

    CellReading day(String value) {
        CellReading reading = dates.day(value);
        // Before the earliest day, the reader says « invalid date »: of a birth, it is the age that cannot be.
        WrittenDate written = reading.isWrong() ? WrittenDate.parse(value) : null;
        return written == null ? reading : CellReading.wrong(impossible());
    }

    CellReading month(String value) {
        String text = value;
        if (value.length() == 7 && value.charAt(2) == '/') {
            text = value.substring(3) + "-" + value.substring(0, 2);
        }
        boolean isShaped = text.length() == 7 && text.charAt(4) == '-' && Luhn.isDigits(text.substring(0, 4), 4);
        int month = isShaped && Luhn.isDigits(text.substring(5), 2) ? Integer.parseInt(text.substring(5)) : 0;
        return month >= 1 && month <= 12
                ? CellReading.of(text)
                : CellReading.wrong("DATE_INVALIDE", "Mois de naissance illisible\u00a0: mm/aaaa ou aaaa-mm attendu.");
    }

    CellReading year(String value) {
        // A negative year comes of an age that cannot be.
        return value.startsWith("-") ? CellReading.wrong(impossible()) : NumberReaders.year(value);
    }

    /**
     * Whether a birth read from one of the three columns cannot be.
     *
     * @param text canonical: a day, a month or a year
     * @param known last day on which the person is known to live, or that the source covers
     * @param covered last day that the source covers
     */
    static boolean isImpossible(String text, LocalDate known, LocalDate covered) {
        LocalDate first;
        LocalDate last;
        if (text.length() == 4) {
            first = LocalDate.of(Integer.parseInt(text), 1, 1);
            last = first.withMonth(12).withDayOfMonth(31);
        } else if (text.length() == 7) {
            YearMonth month = YearMonth.parse(text);
            first = month.atDay(1);
            last = month.atEndOfMonth();
        } else {
            first = LocalDate.parse(text);
            last = first;
        }
        return first.isAfter(covered) || Period.between(last, known).getYears() > OLDEST;
    }

    static Finding impossible() {
        return Finding.error(
                "NAISSANCE_INVALIDE", "Naissance impossible\u00a0: dans le futur, ou âge de plus de 120 ans.");
    }
}
