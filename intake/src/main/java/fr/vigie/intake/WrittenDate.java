package fr.vigie.intake;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A date as somebody wrote it: {@code dd/MM/yyyy[ HH:mm[:ss]]}, {@code 08h30} for the hour, or ISO 8601 (domaine 3.4), before any zone is applied.
 *
 * @param time null when only a day was written
 * @param offset null when no offset was written
 */
record WrittenDate(
        LocalDate day, @Nullable LocalTime time, @Nullable ZoneOffset offset) {

    /** Null when the text is none of the accepted forms, or no day of the calendar. */
    static @Nullable WrittenDate parse(String text) {
        try {
            return new Cursor(text).date();
        } catch (DateTimeException notADate) {
            return null;
        }
    }

    /** Whether a text that could not be read looks like {@code dd/MM/yy}. */
    static boolean hasTwoDigitYear(String text) {
        Cursor cursor = new Cursor(text);
        return cursor.digits(1, 2) >= 0
                && cursor.take('/')
                && cursor.digits(1, 2) >= 0
                && cursor.take('/')
                && cursor.digits(2, 2) >= 0
                && (cursor.atEnd() || cursor.peek() == ' ');
    }

    WrittenDate plusYears(int years) {
        return new WrittenDate(day.plusYears(years), time, offset);
    }

    /** The day alone, as written: for exports that give midnight when they do not know the hour. */
    WrittenDate dayOnly() {
        return new WrittenDate(day, null, null);
    }

    /** ISO 8601. */
    String text() {
        return day + (time == null ? "" : "T" + time) + (offset == null ? "" : offset.getId());
    }

    private static final class Cursor {
        private static final Pattern AFTER_MINUTES = Pattern.compile("(?i) ?(?:mi?n?)?(?: ?(\\d{2}) ?s?)?");

        private final String text;
        private int at;

        Cursor(String text) {
            this.text = text;
        }

        @Nullable
        WrittenDate date() {
            int first = digits(1, 4);
            if (first < 0) {
                return null;
            }
            boolean french = take('/');
            if (french && at > 3) {
                return null;
            }
            LocalDate day = french ? frenchDay(first) : isoDay(first);
            if (day == null) {
                return null;
            }
            if (atEnd()) {
                return new WrittenDate(day, null, null);
            }
            if (!(take(' ') && (!take('à') || take(' '))) && !take('T')) {
                return null;
            }
            LocalTime time = time();
            if (time == null) {
                return null;
            }
            if (atEnd()) {
                return new WrittenDate(day, time, null);
            }
            ZoneOffset offset = french ? null : offset();
            return offset == null || !atEnd() ? null : new WrittenDate(day, time, offset);
        }

        private @Nullable LocalDate frenchDay(int day) {
            int month = digits(1, 2);
            int year = take('/') ? digits(4, 4) : -1;
            return month < 0 || year < 0 ? null : LocalDate.of(year, month, day);
        }

        private @Nullable LocalDate isoDay(int year) {
            if (at != 4 || !take('-')) {
                return null;
            }
            int month = digits(2, 2);
            int day = take('-') ? digits(2, 2) : -1;
            return month < 0 || day < 0 ? null : LocalDate.of(year, month, day);
        }

        private @Nullable LocalTime time() {
            int hour = digits(1, 2);
            if (takeHourLetter()) {
                return frenchTime(hour);
            }
            int minute = take(':') ? digits(2, 2) : -1;
            if (hour < 0 || minute < 0) {
                return null;
            }
            if (!take(':')) {
                return LocalTime.of(hour, minute);
            }
            int second = digits(2, 2);
            if (second < 0 || ((take('.') || take(',')) && digits(1, 9) < 0)) {
                return null;
            }
            return LocalTime.of(hour, minute, second);
        }

        /** The {@code h} after the hours, spaces around it or not. */
        private boolean takeHourLetter() {
            int start = at;
            take(' ');
            if (take('h') || take('H')) {
                return true;
            }
            at = start;
            return false;
        }

        /** {@code 08h30}, {@code 8 h 30}, {@code 8h}, {@code 08h30min15s}: what follows the letter, to the end of the text. */
        private @Nullable LocalTime frenchTime(int hour) {
            take(' ');
            if (atEnd()) {
                return hour < 0 ? null : LocalTime.of(hour, 0);
            }
            int minute = digits(2, 2);
            Matcher rest = AFTER_MINUTES.matcher(text.substring(at));
            if (hour < 0 || minute < 0 || !rest.matches()) {
                return null;
            }
            at = text.length();
            return LocalTime.of(hour, minute, rest.group(1) == null ? 0 : Integer.parseInt(rest.group(1)));
        }

        private @Nullable ZoneOffset offset() {
            if (take('Z') || take('z')) {
                return ZoneOffset.UTC;
            }
            int sign = take('+') ? 1 : take('-') ? -1 : 0;
            int hours = sign == 0 ? -1 : digits(2, 2);
            if (hours < 0) {
                return null;
            }
            take(':');
            int minutes = atEnd() ? 0 : digits(2, 2);
            return minutes < 0 ? null : ZoneOffset.ofHoursMinutes(sign * hours, sign * minutes);
        }

        /** Between {@code least} and {@code most} digits, not followed by another one when fewer than most were read; −1 otherwise. */
        int digits(int least, int most) {
            int value = 0;
            int count = 0;
            while (count < most && at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                value = value * 10 + (text.charAt(at) - '0');
                at++;
                count++;
            }
            return count < least ? -1 : value;
        }

        boolean take(char wanted) {
            if (at < text.length() && text.charAt(at) == wanted) {
                at++;
                return true;
            }
            return false;
        }

        char peek() {
            return text.charAt(at);
        }

        boolean atEnd() {
            return at == text.length();
        }
    }
}
