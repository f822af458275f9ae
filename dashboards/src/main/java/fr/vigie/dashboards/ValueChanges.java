package fr.vigie.dashboards;

import fr.vigie.indicators.Period;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds, for a row of a publication, what it is compared with in the same publication: the period before it, and its period a year before. */
public final class ValueChanges {

    private final Map<List<String>, ValueRow> rows = new HashMap<>();
    private final Function<String, Optional<ValueUnit>> unitOf;

    /**
     * @param rows those of every period that can be compared with
     * @param unitOf the unit of a reading, by its key; absent when the publication does not know it
     */
    public ValueChanges(Collection<ValueRow> rows, Function<String, Optional<ValueUnit>> unitOf) {
        this.unitOf = unitOf;
        rows.forEach(row -> this.rows.put(place(row, row.periode()), row));
    }

    /** A period of the contract and those that it is compared with, as codes. */
    public static Stream<String> compared(String period) {
        return Stream.concat(
                Stream.of(period),
                Period.parse(period).stream()
                        .flatMap(known -> Stream.of(known.before(), known.yearBefore()))
                        .map(Period::code));
    }

    /** From the previous period of the same kind; for twelve rolling months, from those that end a month before. */
    public Optional<ValueChange> fromBefore(ValueRow row) {
        return from(row, Period::before);
    }

    public Optional<ValueChange> fromYearBefore(ValueRow row) {
        return from(row, Period::yearBefore);
    }

    private Optional<ValueChange> from(ValueRow row, Function<Period, Period> earlier) {
        return unitOf.apply(row.indicateur())
                .flatMap(unit -> Period.parse(row.periode()).map(period -> {
                    @Nullable
                    ValueRow before = rows.get(place(row, earlier.apply(period).code()));
                    return ValueChange.between(unit, before, row);
                }));
    }

    private static List<String> place(ValueRow row, String period) {
        return List.of(row.indicateur(), row.territoireType(), row.territoireCode(), row.ventilation(), period);
    }
}
