package fr.vigie.intake;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Codes of a closed or open list; case does not count. */
final class CodeReader {

    private static final int SHOWN = 15;

    private final Map<String, String> codes = new HashMap<>();
    private final boolean open;
    private final String expected;

    CodeReader(List<String> codes, boolean open) {
        codes.forEach(code -> this.codes.put(code, code));
        codes.forEach(code -> this.codes.putIfAbsent(code.toLowerCase(Locale.ROOT), code));
        this.open = open;
        this.expected =
                String.join(", ", codes.subList(0, Math.min(SHOWN, codes.size()))) + (codes.size() > SHOWN ? "…" : "");
    }

    CellReading one(String value) {
        String code = find(value);
        return code == null ? unknown(value) : CellReading.of(code);
    }

    /** Sorted and joined by {@code |}, each once. */
    CellReading several(String value) {
        TreeSet<String> found = new TreeSet<>();
        for (String part : value.split("\\|")) {
            if (!part.isBlank()) {
                String code = find(part.strip());
                if (code == null) {
                    return unknown(value);
                }
                found.add(code);
            }
        }
        return CellReading.of(String.join("|", found));
    }

    private @Nullable String find(String value) {
        String code = codes.get(value);
        return code == null ? codes.get(value.toLowerCase(Locale.ROOT)) : code;
    }

    private CellReading unknown(String value) {
        return open
                ? CellReading.of(
                        value,
                        Finding.warning(
                                "CODE_INCONNU",
                                "Code hors de la liste usuelle (" + expected + ")\u00a0: gardé tel quel."))
                : CellReading.wrong("CODE_INCONNU", "Code inconnu\u00a0: attendu " + expected + ".");
    }
}
