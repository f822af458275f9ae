package fr.vigie.verification.oracle;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Seeded small worlds, rich in what goes wrong: ties, nights of 23 and 25 hours, 29 February, period boundaries, days without hour, moves, deaths,
 * overlapping declarations, ceased doctors, reports, two sources, transfers, open stays, unknown communes, uncertain births, overlapping CPTS.
 *
 * <p>Facts lie from 2024 to {@link #DATE_ARRET}; only planned rendez-vous lie after it. Same seed and prefix, same world.
 */
public final class RandomHistories {

    /** The last minute for which every fact is there. */
    public static final Instant DATE_ARRET =
            ParisTime.midnight(LocalDate.of(2026, 11, 1)).minusSeconds(60);

    /** What {@link Oracle} takes for {@link #DATE_ARRET}. */
    public static final Instant LIMIT = DATE_ARRET.plusSeconds(60);

    private static final int MOST_WORLDS = 499;

    private RandomHistories() {}

    /**
     * One world of 5 to 15 persons and one at the bounds of the rules, 2 to 4 communes in two départements and 2 or 3 CPTS.
     *
     * @param prefix starts every id of the world; its digits are its number, from 0 to 498, from which the codes of its communes come
     * @throws IllegalArgumentException when the prefix has no such number
     */
    public static CurrentRows world(long seed, String prefix) {
        String digits = prefix.replaceAll("\\D", "");
        if (digits.isEmpty() || digits.length() > 3 || Integer.parseInt(digits) >= MOST_WORLDS) {
            throw new IllegalArgumentException("the prefix of a world must hold its number, from 0 to 498");
        }
        Random random = new Random(seed);
        RandomReferentiel referentiel = new RandomReferentiel(random, prefix, Integer.parseInt(digits));
        WorldRows rows = new WorldRows(prefix);
        referentiel.addTo(rows);
        int persons = 5 + random.nextInt(11);
        for (int number = 1; number <= persons; number++) {
            new RandomPerson(random, rows, referentiel, prefix + "-P" + number).addAll();
        }
        new RandomBounds(random, rows, referentiel, prefix + "-L").addAll();
        return rows.silver();
    }

    /** Worlds of different prefixes loaded together. */
    public static CurrentRows union(List<CurrentRows> worlds) {
        Map<String, List<SilverRow>> feeds = new HashMap<>();
        for (CurrentRows world : worlds) {
            world.feeds()
                    .forEach((feed, rows) -> feeds.computeIfAbsent(feed, key -> new ArrayList<>())
                            .addAll(rows));
        }
        return new CurrentRows(feeds);
    }
}
