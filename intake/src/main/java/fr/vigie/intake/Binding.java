package fr.vigie.intake;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The columns of one foreign file, as the values of a mapping ask for them; remembers which were asked for. */
final class Binding {

    private final HeaderLine header;
    private final Map<String, Integer> places;
    private final EmptyWords empties;
    private final Set<String> used = new HashSet<>();

    /** @param empties texts that stand for nothing */
    Binding(HeaderLine header, EmptyWords empties) {
        this.header = header;
        this.places = header.places();
        this.empties = empties;
    }

    /** Empty where the file has no such column. */
    Plan.Cell column(String name) {
        used.add(name);
        Integer place = places.get(name);
        if (place == null) {
            return Plan.Cell.EMPTY;
        }
        return (record, remarks) -> empties.clean(record.getField(place));
    }

    /** Whether columns were asked for, and the file has none of them. */
    boolean hasNone() {
        return !used.isEmpty() && missing().size() == used.size();
    }

    /** Columns asked for that the file does not have, sorted. */
    List<String> missing() {
        TreeSet<String> missing = new TreeSet<>(used);
        missing.removeAll(places.keySet());
        return List.copyOf(missing);
    }

    /** Columns asked for that stand twice in the file. */
    List<String> twice() {
        return header.duplicates().stream().filter(used::contains).toList();
    }

    /** Columns of the file that nothing asked for, in its order. */
    List<String> unused() {
        return places.keySet().stream().filter(name -> !used.contains(name)).toList();
    }
}
