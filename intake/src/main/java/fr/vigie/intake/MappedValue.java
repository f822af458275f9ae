package fr.vigie.intake;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** How a mapping makes one value of a line of a feed out of a record of a foreign file: a closed choice. */
sealed interface MappedValue {

    /** @param column gives the reader of a column of the file */
    Plan.Cell bind(Function<String, Plan.Cell> column);

    record Constant(String text) implements MappedValue {
        @Override
        public Plan.Cell bind(Function<String, Plan.Cell> column) {
            return record -> text;
        }
    }

    /**
     * The value of a column.
     *
     * @param codes translations; a value that is not in them is {@code otherwise}, or stays as it is for the contract to judge
     * @param prefix put before a value that is not empty
     */
    record FromColumn(
            String from, DateChange dates, Map<String, String> codes, Optional<String> otherwise, String prefix)
            implements MappedValue {
        @Override
        public Plan.Cell bind(Function<String, Plan.Cell> column) {
            Plan.Cell cell = column.apply(from);
            return record -> {
                String value = cell.of(record);
                if (!codes.isEmpty()) {
                    value = Optional.ofNullable(codes.get(value))
                            .or(() -> otherwise)
                            .orElse(value);
                }
                value = value.isEmpty() ? value : dates.apply(value);
                return value.isEmpty() || prefix.isEmpty() ? value : prefix + value;
            };
        }
    }

    /** The year of a date less an age; an age that is not a whole number from 0 to 120 passes as it is, for the contract to refuse. */
    record YearOf(String date, DateChange dates, String age) implements MappedValue {
        @Override
        public Plan.Cell bind(Function<String, Plan.Cell> column) {
            Plan.Cell dateCell = column.apply(date);
            Plan.Cell ageCell = column.apply(age);
            return record -> {
                String years = ageCell.of(record);
                WrittenDate written = WrittenDate.parse(dates.apply(dateCell.of(record)));
                if (years.isEmpty() || written == null) {
                    return "";
                }
                boolean isAge = years.length() <= 3
                        && Luhn.isDigits(years, years.length())
                        && Integer.parseInt(years) <= BirthReader.OLDEST;
                return isAge
                        ? Integer.toString(written.day().getYear() - Integer.parseInt(years))
                        : "-" + years.replace("-", "");
            };
        }
    }

    /** The first of several values that is not empty. */
    record FirstOf(List<MappedValue> values) implements MappedValue {
        @Override
        public Plan.Cell bind(Function<String, Plan.Cell> column) {
            List<Plan.Cell> cells =
                    values.stream().map(value -> value.bind(column)).toList();
            return record -> {
                for (Plan.Cell cell : cells) {
                    String value = cell.of(record);
                    if (!value.isEmpty()) {
                        return value;
                    }
                }
                return "";
            };
        }
    }

    /** A value on some records, empty on the others. */
    record When(List<Condition> conditions, MappedValue value) implements MappedValue {
        @Override
        public Plan.Cell bind(Function<String, Plan.Cell> column) {
            Predicate<CsvRecord> holds = all(conditions, column);
            Plan.Cell cell = value.bind(column);
            return record -> holds.test(record) ? cell.of(record) : "";
        }
    }

    static Predicate<CsvRecord> all(List<Condition> conditions, Function<String, Plan.Cell> column) {
        Predicate<CsvRecord> holds = record -> true;
        for (Condition condition : conditions) {
            Plan.Cell cell = column.apply(condition.column());
            holds = holds.and(record -> condition.test(cell.of(record)));
        }
        return holds;
    }

    /**
     * What is done to a date before the contract reads it; a text that is no date passes as it is, for the contract to refuse.
     *
     * @param format of the foreign file; null for the accepted forms
     * @param shiftYears added to the year
     */
    record DateChange(@Nullable DateTimeFormatter format, boolean dayOnly, int shiftYears) {

        static final DateChange NONE = new DateChange(null, false, 0);

        String apply(String value) {
            if (format == null && !dayOnly && shiftYears == 0) {
                return value;
            }
            WrittenDate written = format == null ? WrittenDate.parse(value) : parse(value, format);
            if (written == null) {
                return value;
            }
            WrittenDate shifted = written.plusYears(shiftYears);
            return (dayOnly ? shifted.dayOnly() : shifted).text();
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
    }
}
