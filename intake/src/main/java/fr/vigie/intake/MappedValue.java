package fr.vigie.intake;

import de.siegmar.fastcsv.reader.CsvRecord;
import fr.vigie.intake.CommuneByPostalCode.Found;
import fr.vigie.schema.PostalCodes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** How a mapping makes one value of a line of a feed out of a record of a foreign file: a closed choice. */
sealed interface MappedValue {

    /** @param person gives the pseudonym of the person of the line */
    Plan.Cell bind(Binding binding, Plan.Cell person);

    /** The columns of the file whose text may end in the value, normalised; a condition only chooses. */
    Stream<String> columns();

    record Column(String name) implements MappedValue {
        @Override
        public Plan.Cell bind(Binding binding, Plan.Cell person) {
            return binding.column(name);
        }

        @Override
        public Stream<String> columns() {
            return Stream.of(name);
        }
    }

    record Constant(String text) implements MappedValue {
        @Override
        public Plan.Cell bind(Binding binding, Plan.Cell person) {
            return (record, remarks) -> text;
        }

        @Override
        public Stream<String> columns() {
            return Stream.empty();
        }
    }

    /** The pseudonym of the person of the line: a part of an identifier that nobody may read back. */
    record Person() implements MappedValue {
        @Override
        public Plan.Cell bind(Binding binding, Plan.Cell person) {
            return person;
        }

        @Override
        public Stream<String> columns() {
            return Stream.empty();
        }
    }

    /** Several values one after the other; nothing when one of them is empty, for half an identifier is another identifier. */
    record Join(List<MappedValue> parts, String separator) implements MappedValue {
        @Override
        public Plan.Cell bind(Binding binding, Plan.Cell person) {
            List<Plan.Cell> cells =
                    parts.stream().map(part -> part.bind(binding, person)).toList();
            return (record, remarks) -> {
                StringBuilder joined = new StringBuilder();
                for (Plan.Cell cell : cells) {
                    String part = cell.of(record, remarks);
                    if (part.isEmpty()) {
                        return "";
                    }
                    joined.append(joined.isEmpty() ? "" : separator).append(part);
                }
                return joined.toString();
            };
        }

        @Override
        public Stream<String> columns() {
            return parts.stream().flatMap(MappedValue::columns);
        }
    }

    /** The year of a date less an age; an age that is not a whole number from 0 to 120 passes as it is, for the contract to refuse. */
    record YearOf(String date, DateChange dates, String age) implements MappedValue {
        @Override
        public Plan.Cell bind(Binding binding, Plan.Cell person) {
            Plan.Cell dateCell = binding.column(date);
            Plan.Cell ageCell = binding.column(age);
            return (record, remarks) -> {
                String years = ageCell.of(record, remarks);
                WrittenDate written = dates.written(dateCell.of(record, remarks));
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

        @Override
        public Stream<String> columns() {
            return Stream.of(date, age);
        }
    }

    /** The INSEE code of a commune told by its postal code, and by its name where the file has it. */
    record Commune(String postalCode, Optional<String> name) implements MappedValue {

        private static final int REMEMBERED = 10_000;

        @Override
        public Plan.Cell bind(Binding binding, Plan.Cell person) {
            CommuneByPostalCode communes = new CommuneByPostalCode(PostalCodes.official());
            Plan.Cell codeCell = binding.column(postalCode);
            Plan.Cell nameCell = name.map(binding::column).orElse(Plan.Cell.EMPTY);
            Map<List<String>, Found> known = new HashMap<>();
            return (record, remarks) -> {
                List<String> written = List.of(codeCell.of(record, remarks), nameCell.of(record, remarks));
                if (known.size() > REMEMBERED) {
                    known.clear();
                }
                Found found = known.computeIfAbsent(written, one -> communes.find(one.get(0), one.get(1)));
                if (found.doubt() != null) {
                    remarks.doubt(found.doubt());
                }
                return found.code();
            };
        }

        @Override
        public Stream<String> columns() {
            return Stream.concat(Stream.of(postalCode), name.stream());
        }
    }

    /** The first of several values that is not empty. */
    record FirstOf(List<MappedValue> values) implements MappedValue {
        @Override
        public Plan.Cell bind(Binding binding, Plan.Cell person) {
            List<Plan.Cell> cells =
                    values.stream().map(value -> value.bind(binding, person)).toList();
            return (record, remarks) -> {
                for (Plan.Cell cell : cells) {
                    String value = cell.of(record, remarks);
                    if (!value.isEmpty()) {
                        return value;
                    }
                }
                return "";
            };
        }

        @Override
        public Stream<String> columns() {
            return values.stream().flatMap(MappedValue::columns);
        }
    }

    /**
     * What is done to the text of a column, or of several.
     *
     * @param codes translations by folded text; a value that is not in them is {@code otherwise}, or stays as it is for the contract to judge
     * @param prefix put before a value that is not empty
     */
    record Changed(
            MappedValue value, Map<String, String> codes, Optional<String> otherwise, DateChange dates, String prefix)
            implements MappedValue {
        @Override
        public Plan.Cell bind(Binding binding, Plan.Cell person) {
            Plan.Cell cell = value.bind(binding, person);
            return (record, remarks) -> {
                String text = translated(cell.of(record, remarks), remarks);
                text = text.isEmpty() ? text : dates.apply(text);
                return text.isEmpty() || prefix.isEmpty() ? text : prefix + text;
            };
        }

        private String translated(String text, Remarks remarks) {
            if (codes.isEmpty()) {
                return text;
            }
            String code = codes.get(FoldedText.of(text));
            if (code != null) {
                return code;
            }
            if (!text.isEmpty()) {
                remarks.untranslated(text, otherwise.isPresent());
            }
            return otherwise.orElse(text);
        }

        @Override
        public Stream<String> columns() {
            return value.columns();
        }
    }

    /** A value on some records, empty on the others. */
    record When(List<Condition> conditions, MappedValue value) implements MappedValue {
        @Override
        public Plan.Cell bind(Binding binding, Plan.Cell person) {
            Predicate<CsvRecord> holds = all(conditions, binding);
            Plan.Cell cell = value.bind(binding, person);
            return (record, remarks) -> holds.test(record) ? cell.of(record, remarks) : "";
        }

        @Override
        public Stream<String> columns() {
            return value.columns();
        }
    }

    static Predicate<CsvRecord> all(List<Condition> conditions, Binding binding) {
        Predicate<CsvRecord> holds = record -> true;
        for (Condition condition : conditions) {
            Plan.Cell cell = binding.column(condition.column());
            holds = holds.and(record -> condition.test(cell.of(record, Remarks.NONE)));
        }
        return holds;
    }
}
