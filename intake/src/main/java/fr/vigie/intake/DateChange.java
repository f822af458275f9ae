package fr.vigie.intake;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a mapping does to a date before the contract reads it; a text that is no date passes, for the contract to refuse.
 *
 * @param format of the foreign file, the only one then: a text in another form is refused, for day and month might change places in some of them
 *     and not in others; null for the accepted forms
 * @param shiftYears added to the year and to nothing else; 29 February becomes 28 February where the year has none, and stays in its month
 */
record DateChange(@Nullable DateTimeFormatter format, boolean dayOnly, int shiftYears) {

    static final DateChange NONE = new DateChange(null, false, 0);

    /** What no reader of dates takes. */
    static final String UNREADABLE = "?";

    private static final Pattern YEAR = Pattern.compile("\\d{4}");
    private static final Pattern YEAR_AND_MONTH = Pattern.compile("(?<year>\\d{4})-(?<month>\\d{2})");
    private static final Pattern MONTH_AND_YEAR = Pattern.compile("(?<month>\\d{2})/(?<year>\\d{4})");

    String apply(String value) {
        if (format == null && !dayOnly && shiftYears == 0) {
            return value;
        }
        WrittenDate written = written(value);
        if (written == null) {
            return partOfDate(value);
        }
        return (dayOnly ? written.dayOnly() : written).text();
    }

    /** The date, shifted; null when the text is none. */
    @Nullable
    WrittenDate written(String value) {
        WrittenDate written = format == null ? WrittenDate.parse(value) : parse(value, format);
        return written == null ? null : written.plusYears(shiftYears);
    }

    private static @Nullable WrittenDate parse(String value, DateTimeFormatter format) {
        try {
            TemporalAccessor found = format.parse(value);
            LocalTime time = found.isSupported(ChronoField.HOUR_OF_DAY) ? LocalTime.from(found) : null;
            ZoneOffset offset = found.isSupported(ChronoField.OFFSET_SECONDS) ? ZoneOffset.from(found) : null;
            return new WrittenDate(LocalDate.from(found), time, offset);
        } catch (DateTimeException unreadable) {
            return null;
        }
    }

    /** A month or a year alone is a part of a date: births are often told by no more. */
    private String partOfDate(String value) {
        try {
            if (format != null) {
                TemporalAccessor found = format.parse(value);
                return found.isSupported(ChronoField.MONTH_OF_YEAR)
                        ? YearMonth.from(found).plusYears(shiftYears).toString()
                        : Year.from(found).plusYears(shiftYears).toString();
            }
            if (YEAR.matcher(value).matches()) {
                return Year.parse(value).plusYears(shiftYears).toString();
            }
            for (Pattern pattern : new Pattern[] {YEAR_AND_MONTH, MONTH_AND_YEAR}) {
                Matcher month = pattern.matcher(value);
                if (month.matches()) {
                    return YearMonth.of(
                                    Integer.parseInt(month.group("year")) + shiftYears,
                                    Integer.parseInt(month.group("month")))
                            .toString();
                }
            }
        } catch (DateTimeException unreadable) {
            return format == null ? value : UNREADABLE + value;
        }
        return value;
    }
}
