package fr.vigie.verification.oracle;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the code of a commune that is no more stands for, day by day (domaine 0.9 bis « Codes de communes », 4). */
final class VanishedCommunes {

    private static final int TOO_MANY = 10;

    private final Map<String, Integer> populations = new HashMap<>();
    private final Map<String, NavigableMap<LocalDate, List<SilverRow>>> movements = new HashMap<>();
    private final Map<String, Map<LocalDate, Optional<String>>> told = new HashMap<>();

    VanishedCommunes(CurrentRows silver) {
        for (SilverRow commune : silver.rows("communes")) {
            Integer population = commune.number("population");
            populations.put(commune.requiredText("code_insee"), population == null ? 0 : population);
        }
        for (SilverRow row : silver.rows("communes_mouvements")) {
            boolean ofCommunes = (row.text("typecom_av") == null || row.isOneOf("typecom_av", "COM", "ARM"))
                    && (row.text("typecom_ap") == null || row.isOneOf("typecom_ap", "COM"));
            if (ofCommunes) {
                movements
                        .computeIfAbsent(row.requiredText("com_av"), code -> new TreeMap<>())
                        .computeIfAbsent(row.requiredDay("date_eff"), day -> new ArrayList<>())
                        .add(row);
            }
        }
    }

    /** The commune of the référentiel that a code stands for on a day; null when no movement explains it. */
    @Nullable
    String communeOn(String code, LocalDate day) {
        if (populations.containsKey(code)) {
            return code;
        }
        // Asked for each fact and each commune of each territoire.
        return told.computeIfAbsent(code, one -> new HashMap<>())
                .computeIfAbsent(day, one -> Optional.ofNullable(follow(code, day)))
                .orElse(null);
    }

    private @Nullable String follow(String code, LocalDate day) {
        String commune = code;
        LocalDate from = day;
        for (int steps = 0; steps < TOO_MANY && !populations.containsKey(commune); steps++) {
            NavigableMap<LocalDate, List<SilverRow>> own = movements.get(commune);
            if (own == null) {
                return null;
            }
            // The next movement tells what became of it; after the last one, the last.
            Map.Entry<LocalDate, List<SilverRow>> next = own.higherEntry(from);
            Map.Entry<LocalDate, List<SilverRow>> said = next == null ? Objects.requireNonNull(own.lastEntry()) : next;
            from = said.getKey();
            commune = heir(said.getValue());
        }
        return populations.containsKey(commune) ? commune : null;
    }

    /** Of the parts, the one that kept the name, else the most populous, else the first by code. */
    private String heir(List<SilverRow> parts) {
        return parts.stream()
                .min(Comparator.comparing((SilverRow part) -> !keepsTheName(part))
                        .thenComparing(part -> -populations.getOrDefault(part.requiredText("com_ap"), 0))
                        .thenComparing(part -> part.requiredText("com_ap")))
                .orElseThrow()
                .requiredText("com_ap");
    }

    private static boolean keepsTheName(SilverRow movement) {
        String before = movement.text("libelle_av");
        String after = movement.text("libelle_ap");
        return before != null && after != null && letters(before).equals(letters(after));
    }

    private static String letters(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    }
}
