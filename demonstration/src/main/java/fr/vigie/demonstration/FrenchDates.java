package fr.vigie.demonstration;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.temporal.TemporalAdjusters;

/** Dates as the exchange format writes them (domaine 3.4). By hand: formatting is most of the work of the generator. */
final class FrenchDates {

    private FrenchDates() {}

    /** {@code 05/03/2026}. */
    static String day(LocalDate date) {
        char[] text = new char[10];
        writeDay(text, date);
        return new String(text);
    }

    /** {@code 05/03/2026 14:30}; an hour that the clocks of Paris skip is written one hour later. */
    static String minute(LocalDateTime moment) {
        LocalDateTime real = isSkipped(moment) ? moment.plusHours(1) : moment;
        char[] text = new char[16];
        writeDay(text, real.toLocalDate());
        text[10] = ' ';
        two(text, 11, real.getHour());
        text[13] = ':';
        two(text, 14, real.getMinute());
        return new String(text);
    }

    /** The day on which the clocks go forward. */
    static LocalDate springForward(int year) {
        return LocalDate.of(year, Month.MARCH, 31).with(TemporalAdjusters.previousOrSame(DayOfWeek.SUNDAY));
    }

    private static boolean isSkipped(LocalDateTime moment) {
        return moment.getHour() == 2
                && moment.getMonth() == Month.MARCH
                && moment.getDayOfMonth() >= 25
                && moment.toLocalDate().equals(springForward(moment.getYear()));
    }

    private static void writeDay(char[] text, LocalDate date) {
        two(text, 0, date.getDayOfMonth());
        text[2] = '/';
        two(text, 3, date.getMonthValue());
        text[5] = '/';
        two(text, 6, date.getYear() / 100);
        two(text, 8, date.getYear() % 100);
    }

    private static void two(char[] text, int position, int value) {
        text[position] = (char) ('0' + value / 10);
        text[position + 1] = (char) ('0' + value % 10);
    }
}
