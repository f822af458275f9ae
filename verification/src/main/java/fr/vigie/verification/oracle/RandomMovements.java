package fr.vigie.verification.oracle;

import fr.vigie.verification.oracle.WorldRows.Row;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The codes of communes that vanished from one random world, before and among its facts: merged, merged twice, borne by two communes one after the
 * other, shared out, and two that lead nowhere.
 */
final class RandomMovements {

    private final Random random;
    private final List<String> communes;
    private final String merged;
    private final String mergedTwice;
    private final String between;
    private final String borneTwice;
    private final String shared;
    private final String inACircle;
    private final String alsoInACircle;

    RandomMovements(Random random, int number, List<String> communes) {
        this.random = random;
        this.communes = communes;
        String digits = "%03d".formatted(number + 1);
        merged = "09" + digits;
        mergedTwice = "11" + digits;
        between = "46" + digits;
        borneTwice = "48" + digits;
        shared = "65" + digits;
        inACircle = "81" + digits;
        alsoInACircle = "82" + digits;
    }

    List<String> codes() {
        return List.of(merged, mergedTwice, between, borneTwice, shared, inACircle, alsoInACircle);
    }

    String vanished() {
        return codes().get(random.nextInt(codes().size()));
    }

    void addTo(WorldRows rows) {
        add(rows, merged, communes.get(0), day(), "Fusion", null);
        add(rows, mergedTwice, between, LocalDate.of(2019, 1, 1), null, null);
        add(rows, between, communes.get(1), day(), null, null);
        add(rows, borneTwice, communes.get(0), LocalDate.of(2024, 1, 1).plusDays(random.nextInt(400)), null, null);
        add(rows, borneTwice, communes.get(1), LocalDate.of(2025, 6, 1).plusDays(random.nextInt(400)), null, null);
        LocalDate day = day();
        int keeper = random.nextInt(4);
        for (int i = 0; i < communes.size(); i++) {
            add(rows, shared, communes.get(i), day, "L'Île-d'Avant", i == keeper ? "L’Île d’Avant" : "Part " + i);
        }
        add(rows, inACircle, alsoInACircle, LocalDate.of(2024, 1, 1), null, null);
        add(rows, alsoInACircle, inACircle, LocalDate.of(2025, 1, 1), null, null);
        // A commune that is delegated is not one that vanishes: INSEE's file tells it beside the other, and it is not
        // read.
        rows.add(
                "communes_mouvements",
                row(merged, communes.get(1), LocalDate.of(2024, 6, 1))
                        .with("typecom_av", "COM")
                        .with("typecom_ap", "COMD"));
    }

    private void add(
            WorldRows rows,
            String before,
            String after,
            LocalDate day,
            @Nullable String name,
            @Nullable String newName) {
        rows.add(
                "communes_mouvements",
                row(before, after, day)
                        .with("typecom_av", random.nextBoolean() ? "COM" : random.nextBoolean() ? "ARM" : null)
                        .with("typecom_ap", random.nextBoolean() ? "COM" : null)
                        .with("libelle_av", name)
                        .with("libelle_ap", newName));
    }

    private static Row row(String before, String after, LocalDate day) {
        return new Row()
                .with("source", "INSEE")
                .with("com_av", before)
                .with("com_ap", after)
                .with("date_eff", day);
    }

    /** Before, among or after the facts. */
    private LocalDate day() {
        return LocalDate.of(2024, 1, 1).plusDays(random.nextInt(1_000));
    }
}
