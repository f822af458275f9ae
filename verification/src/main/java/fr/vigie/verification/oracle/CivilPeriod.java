package fr.vigie.verification.oracle;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

/**
 * A run of whole months.
 *
 * @param code as in contrat.md 4: {@code 2026-02}, {@code 2026-T1}, {@code 2026-S1}, {@code 2026}, {@code 2026-02/12M}
 */
record CivilPeriod(String code, YearMonth first, YearMonth last) {

    boolean isYear() {
        return code.length() == 4;
    }

    boolean contains(YearMonth month) {
        return !month.isBefore(first) && !month.isAfter(last);
    }

    /** Every period that a month belongs to; a rolling year never ends after the last month read. */
    static List<CivilPeriod> of(YearMonth month, YearMonth lastRead) {
        int year = month.getYear();
        int quarter = (month.getMonthValue() - 1) / 3 + 1;
        int semester = (month.getMonthValue() - 1) / 6 + 1;
        List<CivilPeriod> periods = new ArrayList<>();
        periods.add(new CivilPeriod(month.toString(), month, month));
        periods.add(new CivilPeriod(
                year + "-T" + quarter, YearMonth.of(year, 3 * quarter - 2), YearMonth.of(year, 3 * quarter)));
        periods.add(new CivilPeriod(
                year + "-S" + semester, YearMonth.of(year, 6 * semester - 5), YearMonth.of(year, 6 * semester)));
        periods.add(new CivilPeriod(String.valueOf(year), YearMonth.of(year, 1), YearMonth.of(year, 12)));
        for (int later = 0; later < 12; later++) {
            YearMonth last = month.plusMonths(later);
            if (!last.isAfter(lastRead)) {
                periods.add(new CivilPeriod(last + "/12M", last.minusMonths(11), last));
            }
        }
        return periods;
    }
}
