package fr.vigie.batch.publication;

import com.carrotsearch.hppc.IntArrayList;
import com.carrotsearch.hppc.LongArrayList;
import com.carrotsearch.hppc.LongIntHashMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The equations that a reader can write over the cells of an audience, and the further cells to mask so that none can be solved (domaine 5.3).
 *
 * <p>A cell stands at three coordinates. A group is a set of values of one coordinate, the parts and their total; with the two other coordinates
 * fixed it is an equation. An equation is open when it has one unknown, or unknowns that sum to less than the threshold: its smallest shown cell is
 * then masked, until no equation is open or has a cell left to mask.
 *
 * <p>Only equations that show something are held: memory grows with what is shown, not with what is masked. A cell that counts nobody is known to
 * everyone, and stays out. First every shown cell is added, then every masked one, then {@link #close} is called once.
 */
final class Equations {

    /** Which coordinate varies inside an equation, in the order in which the families are closed. */
    enum Family {
        BREAKDOWN("ligne"),
        TERRITORY("territoire"),
        PERIOD("periode");

        final String coordinate;

        Family(String coordinate) {
            this.coordinate = coordinate;
        }
    }

    /** A group in which a value of a coordinate stands; the lowest rank is masked first. */
    private record Place(int group, int rank) {}

    /** Masks beget masks; far fewer rounds are ever needed. */
    private static final int ROUNDS = 200;

    /** Bits of a key: two coordinates of the cell, and the group of the third. */
    private static final int COORDINATE_BITS = 21;

    private static final int OFFSET = 1 << (COORDINATE_BITS - 1);
    private static final int FAMILIES = Family.values().length;

    private final long threshold;
    private final Map<String, Integer> groups = new HashMap<>();
    private final List<Map<Integer, List<Place>>> places = new ArrayList<>();

    /** Three coordinates and a weight per shown cell. */
    private final IntArrayList cells = new IntArrayList();

    private final LongArrayList weights = new LongArrayList();

    /** Number of each equation, by family. */
    private final List<LongIntHashMap> numbers = new ArrayList<>();

    /** Per equation: its family, how many cells are unknown, and their sum. */
    private final IntArrayList familyOf = new IntArrayList();

    private final IntArrayList unknowns = new IntArrayList();
    private final LongArrayList sums = new LongArrayList();

    /** @param threshold smallest count that may be shown or found, in units of account */
    Equations(long threshold) {
        this.threshold = threshold;
        for (int family = 0; family < FAMILIES; family++) {
            places.add(new HashMap<>());
            numbers.add(new LongIntHashMap());
        }
    }

    void addGroup(Family family, int coordinate, String name, int rank) {
        Integer number = groups.computeIfAbsent(family + " " + name, absent -> groups.size());
        places.get(family.ordinal())
                .computeIfAbsent(coordinate, absent -> new ArrayList<>())
                .add(new Place(number, rank));
    }

    /** @param weight in units of account, above 0 */
    void addShown(int line, int territory, int period, long weight) {
        cells.add(line, territory, period);
        weights.add(weight);
        int[] cell = {line, territory, period};
        for (int family = 0; family < FAMILIES; family++) {
            for (Place place : placesOf(family, cell[family])) {
                long key = key(family, place.group(), cell);
                if (!numbers.get(family).containsKey(key)) {
                    numbers.get(family).put(key, familyOf.size());
                    familyOf.add(family);
                    unknowns.add(0);
                    sums.add(0);
                }
            }
        }
    }

    /** @param weight in units of account; 0 for a ratio whose second count is */
    void addMasked(int line, int territory, int period, long weight) {
        int[] cell = {line, territory, period};
        for (int family = 0; family < FAMILIES; family++) {
            for (Place place : placesOf(family, cell[family])) {
                int equation = numbers.get(family).getOrDefault(key(family, place.group(), cell), -1);
                if (equation >= 0) {
                    mask(equation, weight);
                }
            }
        }
    }

    /** Gives the cells that were shown and are masked now, three coordinates each: line, territory, period. */
    List<int[]> close() {
        Members members = new Members();
        BitSet masked = new BitSet();
        BitSet touched = new BitSet();
        touched.set(0, familyOf.size());
        for (int round = 0; !touched.isEmpty(); round++) {
            if (round == ROUNDS) {
                throw new IllegalStateException("disclosure did not settle");
            }
            BitSet next = new BitSet();
            for (int family = 0; family < FAMILIES; family++) {
                // All equations of a family are judged on the same state: the order in which they are held decides
                // nothing.
                BitSet chosen = new BitSet();
                for (int equation = touched.nextSetBit(0); equation >= 0; equation = touched.nextSetBit(equation + 1)) {
                    if (familyOf.get(equation) == family && isOpen(equation)) {
                        int cell = members.smallestShown(equation, masked);
                        if (cell >= 0) {
                            chosen.set(cell);
                        }
                    }
                }
                masked.or(chosen);
                chosen.stream()
                        .forEach(cell -> members.equationsOf(cell).forEach(equation -> {
                            mask(equation, weights.get(cell));
                            next.set(equation);
                        }));
            }
            touched = next;
        }
        return masked.stream().mapToObj(this::cell).toList();
    }

    private boolean isOpen(int equation) {
        int unknown = unknowns.get(equation);
        return unknown == 1 || unknown > 1 && sums.get(equation) < threshold;
    }

    private void mask(int equation, long weight) {
        unknowns.set(equation, unknowns.get(equation) + 1);
        sums.set(equation, sums.get(equation) + weight);
    }

    private List<Place> placesOf(int family, int coordinate) {
        return places.get(family).getOrDefault(coordinate, List.of());
    }

    private int[] cell(int number) {
        return new int[] {cells.get(3 * number), cells.get(3 * number + 1), cells.get(3 * number + 2)};
    }

    private static long key(int family, int group, int[] cell) {
        return ((long) group << 2 * COORDINATE_BITS)
                | (long) bits(cell[(family + 1) % FAMILIES]) << COORDINATE_BITS
                | bits(cell[(family + 2) % FAMILIES]);
    }

    private static int bits(int coordinate) {
        int bits = coordinate + OFFSET;
        if (bits < 0 || bits >= 2 * OFFSET) {
            throw new IllegalStateException("more than " + OFFSET + " lines, territories or periods");
        }
        return bits;
    }

    /** Which shown cells stand in which equations, both ways, in arrays without gaps. */
    private final class Members {

        private final int[] equations;
        private final int[] firstEquation;
        private final int[] members;
        private final int[] ranks;
        private final int[] firstMember;

        Members() {
            IntArrayList flat = new IntArrayList();
            IntArrayList flatRanks = new IntArrayList();
            firstEquation = new int[weights.size() + 1];
            firstMember = new int[familyOf.size() + 1];
            for (int number = 0; number < weights.size(); number++) {
                int[] cell = cell(number);
                for (int family = 0; family < FAMILIES; family++) {
                    for (Place place : placesOf(family, cell[family])) {
                        int equation = numbers.get(family).get(key(family, place.group(), cell));
                        flat.add(equation);
                        flatRanks.add(place.rank());
                        firstMember[equation + 1]++;
                    }
                }
                firstEquation[number + 1] = flat.size();
            }
            Arrays.parallelPrefix(firstMember, Integer::sum);
            equations = flat.toArray();
            members = new int[equations.length];
            ranks = new int[equations.length];
            int[] free = firstMember.clone();
            for (int number = 0; number < weights.size(); number++) {
                for (int index = firstEquation[number]; index < firstEquation[number + 1]; index++) {
                    int slot = free[equations[index]]++;
                    members[slot] = number;
                    ranks[slot] = flatRanks.get(index);
                }
            }
        }

        java.util.stream.IntStream equationsOf(int cell) {
            return Arrays.stream(equations, firstEquation[cell], firstEquation[cell + 1]);
        }

        /** By rank, then weight, then coordinate; -1 when everything is masked. */
        int smallestShown(int equation, BitSet masked) {
            int family = familyOf.get(equation);
            int best = -1;
            int bestSlot = -1;
            for (int slot = firstMember[equation]; slot < firstMember[equation + 1]; slot++) {
                int cell = members[slot];
                if (!masked.get(cell) && (best < 0 || precedes(slot, bestSlot, family))) {
                    best = cell;
                    bestSlot = slot;
                }
            }
            return best;
        }

        private boolean precedes(int slot, int other, int family) {
            if (ranks[slot] != ranks[other]) {
                return ranks[slot] < ranks[other];
            }
            long weight = weights.get(members[slot]);
            long otherWeight = weights.get(members[other]);
            return weight != otherWeight
                    ? weight < otherWeight
                    : cells.get(3 * members[slot] + family) < cells.get(3 * members[other] + family);
        }
    }
}
