package fr.vigie.demonstration;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One stream of chance. Built on {@link SplittableRandom#nextLong()} and {@link StrictMath} only: the bounded and gaussian draws of the
 * platform may change between versions of Java, and {@link Math} may differ in the last bit between processors.
 */
final class Draws {

    private static final double UNIT = 0x1.0p-53;

    private final SplittableRandom random;

    private Draws(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** The stream of the {@code index}-th thing of a kind: independent of how many others there are, and of their order. */
    static Draws of(long seed, String kind, long index) {
        return new Draws(mixed(mixed(seed ^ ((long) kind.hashCode() << 32)) + index));
    }

    /** A fixed, well spread number for a number. */
    static long mixed(long value) {
        long mixed = value + 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** In [0, 1). */
    double unit() {
        return (random.nextLong() >>> 11) * UNIT;
    }

    boolean chance(double probability) {
        return unit() < probability;
    }

    /** In [0, bound). */
    int below(int bound) {
        return (int) (((random.nextLong() >>> 33) * bound) >>> 31);
    }

    /** Both bounds included. */
    int between(int first, int last) {
        return first + below(last - first + 1);
    }

    double gaussian() {
        double radius = StrictMath.sqrt(-2.0 * StrictMath.log(1.0 - unit()));
        return radius * StrictMath.cos(2.0 * StrictMath.PI * unit());
    }

    double logNormal(double median, double sigma) {
        return median * StrictMath.exp(sigma * gaussian());
    }

    /** Whole days of a log-normal delay, at least {@code least}. */
    int days(double median, double sigma, int least) {
        return Math.max(least, (int) Math.min(3_000, logNormal(median, sigma)));
    }

    /** Minutes of a log-normal delay given in hours. */
    long minutesOfHours(double medianHours, double sigma) {
        return (long) Math.min(5_000_000, 60 * logNormal(medianHours, sigma));
    }

    int poisson(double mean) {
        double limit = StrictMath.exp(-mean);
        double product = unit();
        int count = 0;
        while (product > limit) {
            product *= unit();
            count++;
        }
        return count;
    }

    <T> T pick(List<T> values) {
        return values.get(below(values.size()));
    }

    /** A minute between the two, the last excluded; the first when there is nothing between them. */
    LocalDateTime moment(LocalDateTime first, LocalDateTime last) {
        long minutes = Duration.between(first, last).toMinutes();
        return minutes <= 0 ? first : first.plusMinutes((long) (unit() * minutes));
    }

    /** A day between the two, both included. */
    LocalDate day(LocalDate first, LocalDate last) {
        long days = last.toEpochDay() - first.toEpochDay();
        return days <= 0 ? first : first.plusDays((long) (unit() * (days + 1)));
    }
}
