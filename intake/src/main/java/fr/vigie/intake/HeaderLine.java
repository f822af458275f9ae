package fr.vigie.intake;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The names of the columns of a file, normalised: case, accents and whatever is not a letter or a digit do not count (domaine 3.4).
 *
 * @param names in the order of the file; empty for a column without a name
 */
record HeaderLine(List<String> names) {

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern OTHERS = Pattern.compile("[^a-z0-9]+");
    private static final Pattern EDGES = Pattern.compile("^_+|_+$");

    HeaderLine {
        names = List.copyOf(names);
    }

    static HeaderLine of(List<String> fields) {
        List<String> names = new ArrayList<>();
        fields.forEach(field -> names.add(normalise(field)));
        return new HeaderLine(names);
    }

    static String normalise(String name) {
        String plain = MARKS.matcher(Normalizer.normalize(name, Normalizer.Form.NFD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
        return EDGES.matcher(OTHERS.matcher(plain).replaceAll("_")).replaceAll("");
    }

    int width() {
        return names.size();
    }

    /** Whether a record has a value for each named column, and nothing but delimiters after the last column. */
    boolean fits(CsvRecord record) {
        int count = record.getFieldCount();
        for (int index = names.size(); index < count; index++) {
            if (!CleanText.isBlank(record.getField(index))) {
                return false;
            }
        }
        for (int index = count; index < names.size(); index++) {
            if (!names.get(index).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    boolean has(String name) {
        return names.contains(name);
    }

    /** The place of each column; a name that stands twice keeps its first place, and is in {@link #duplicates()}. */
    Map<String, Integer> places() {
        Map<String, Integer> places = new LinkedHashMap<>();
        for (int index = 0; index < names.size(); index++) {
            if (!names.get(index).isEmpty()) {
                places.putIfAbsent(names.get(index), index);
            }
        }
        return places;
    }

    List<String> duplicates() {
        return names.stream()
                .filter(name -> !name.isEmpty() && names.indexOf(name) != names.lastIndexOf(name))
                .distinct()
                .toList();
    }
}
