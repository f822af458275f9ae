package fr.vigie.indicators;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A period of calendar months in Paris, half-open (domaine 0.1): month, quarter, semester, year, or twelve rolling months.
 *
 * @param first its first month
 * @param months how many
 * @param isRolling whether it is a window of twelve months rather than the year
 */
public record Period(YearMonth first, int months, boolean isRolling) {

    private static final Pattern CODE = Pattern.compile("(\\d{4})(?:-(?:(\\d{2})(/12M)?|T([1-4])|S([12])))?");

    public LocalDate start() {
        return first.atDay(1);
    }

    /** The day after its last day. */
    public LocalDate end() {
        return first.plusMonths(months).atDay(1);
    }

    public YearMonth last() {
        return first.plusMonths(months - 1L);
    }

    /** Years are the only periods of communes (contrat.md 4). */
    public boolean isYear() {
        return months == 12 && !isRolling;
    }

    public boolean holds(YearMonth month) {
        return !month.isBefore(first) && !month.isAfter(last());
    }

    /** {@code 2026-02}, {@code 2026-T1}, {@code 2026-S1}, {@code 2026} or {@code 2026-02/12M}. */
    public String code() {
        if (isRolling) {
            return last() + "/12M";
        }
        int year = first.getYear();
        return switch (months) {
            case 1 -> first.toString();
            case 3 -> year + "-T" + (first.getMonthValue() + 2) / 3;
            case 6 -> year + "-S" + (first.getMonthValue() + 5) / 6;
            default -> String.valueOf(year);
        };
    }

    /** The previous period of the same kind; of twelve rolling months, those that end a month before. */
    public Period before() {
        return new Period(first.minusMonths(isRolling ? 1 : months), months, isRolling);
    }

    /** The same period a year before. */
    public Period yearBefore() {
        return new Period(first.minusYears(1), months, isRolling);
    }

    public static Optional<Period> parse(String code) {
        Matcher matcher = CODE.matcher(code);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            int year = Integer.parseInt(matcher.group(1));
            if (matcher.group(2) != null) {
                YearMonth month = YearMonth.of(year, Integer.parseInt(matcher.group(2)));
                return Optional.of(
                        matcher.group(3) == null
                                ? new Period(month, 1, false)
                                : new Period(month.minusMonths(11), 12, true));
            }
            if (matcher.group(4) != null) {
                return Optional.of(new Period(
                        YearMonth.of(year, 3 * Integer.parseInt(matcher.group(4)) - 2), 3, false));
            }
            if (matcher.group(5) != null) {
                return Optional.of(new Period(
                        YearMonth.of(year, 6 * Integer.parseInt(matcher.group(5)) - 5), 6, false));
            }
            return Optional.of(new Period(YearMonth.of(year, 1), 12, false));
        } catch (DateTimeException impossible) {
            return Optional.empty();
        }
    }

    /** Every period that holds one of the months from {@code from} to {@code until} and, if it rolls, ends in one of them. */
    public static List<Period> all(YearMonth from, YearMonth until) {
        List<Period> periods = new ArrayList<>();
        for (YearMonth month = from; !month.isAfter(until); month = month.plusMonths(1)) {
            periods.add(new Period(month, 1, false));
            periods.add(new Period(month.minusMonths(11), 12, true));
            for (int months : new int[] {3, 6, 12}) {
                YearMonth first = month.withMonth((month.getMonthValue() - 1) / months * months + 1);
                if (first.equals(month) || month.equals(from)) {
                    periods.add(new Period(first, months, false));
                }
            }
        }
        return periods;
    }
}
