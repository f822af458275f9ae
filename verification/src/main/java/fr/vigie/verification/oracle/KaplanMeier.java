package fr.vigie.verification.oracle;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The median of open delays, in exact fractions (domaine 0.9 bis). */
final class KaplanMeier {

    /** How long somebody was observed, and whether the end was seen. */
    record Spell(long time, boolean ended) {}

    private KaplanMeier() {}

    /** First time at which fewer than half are left; the middle of the plateau where exactly half are; null when never reached. */
    static @Nullable BigDecimal median(List<Spell> spells) {
        TreeSet<Long> ends = new TreeSet<>();
        spells.stream().filter(Spell::ended).forEach(spell -> ends.add(spell.time()));
        BigInteger left = BigInteger.ONE;
        BigInteger of = BigInteger.ONE;
        Long startOfHalf = null;
        for (long end : ends) {
            // Who is censored at that very time is still at risk: ends come before censorings.
            long atRisk = spells.stream().filter(spell -> spell.time() >= end).count();
            long ended = spells.stream()
                    .filter(spell -> spell.ended() && spell.time() == end)
                    .count();
            left = left.multiply(BigInteger.valueOf(atRisk - ended));
            of = of.multiply(BigInteger.valueOf(atRisk));
            int comparison = left.shiftLeft(1).compareTo(of);
            if (comparison < 0) {
                BigDecimal sum = BigDecimal.valueOf(startOfHalf == null ? end : startOfHalf)
                        .add(BigDecimal.valueOf(end));
                return sum.divide(BigDecimal.valueOf(2));
            }
            if (comparison == 0) {
                startOfHalf = end;
            }
        }
        return null;
    }
}
