package fr.vigie.verification.deliveries;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an instance must hold after each command, from contrat.md 2, by loops over lists. */
final class PlainWarehouse {

    /** A line of a file, the header being line 1. */
    record Place(String file, String feed, int line) {}

    /** A row of the ledger. */
    static final class Delivered {
        private final SentFile file;
        private final long load;
        private LocalDate completeTo;
        private String status;
        /** Of what no longer counts: the lines that stood in cycles when it left. */
        private List<Set<Place>> inCycles = List.of();

        private Delivered(SentFile file, long load, String status) {
            this.file = file;
            this.load = load;
            this.completeTo = file.completeTo();
            this.status = status;
        }

        SentFile file() {
            return file;
        }

        String status() {
            return status;
        }

        /** Nothing where feeds have no completeness. */
        String completeTo() {
            return file.shape().isCompleted() ? completeTo.toString() : "";
        }

        boolean counts() {
            return status.equals("CHARGE");
        }
    }

    private record Key(Shape shape, String source, int fact) {}

    private record Told(Delivered delivery, SentLine line, int number) {

        String source() {
            return delivery.file.shape().namesSource() && !line.source().isEmpty()
                    ? line.source()
                    : delivery.file.source();
        }

        Key key() {
            Shape shape = delivery.file.shape();
            return new Key(shape, shape.isKeyedBySource() ? source() : "", line.fact());
        }

        boolean isOf(String source) {
            return source().equals(source) || delivery.file.source().equals(source);
        }

        /** The update that the line tells, else the end of the day until which its delivery is complete. */
        LocalDateTime version() {
            if (line.updated() != null) {
                return line.updated();
            }
            return delivery.file.shape().isCompleted() ? delivery.completeTo.atTime(LocalTime.MAX) : LocalDateTime.MIN;
        }

        Place place() {
            return new Place(delivery.file.name(), delivery.file.shape().feed(), number);
        }
    }

    private static final Comparator<Told> YOUNGEST =
            Comparator.comparing(Told::version).thenComparing(told -> told.delivery.load);

    private final List<Delivered> ledger = new ArrayList<>();
    /** Until the next command changes it. */
    private final Map<Shape, Map<Key, List<Told>>> told = new HashMap<>();

    private long loads;

    /** Takes files as one load command does. */
    void load(List<SentFile> files) {
        loads++;
        told.clear();
        List<Delivered> arriving = new ArrayList<>();
        List<SentFile> inOrder =
                files.stream().sorted(Comparator.comparing(SentFile::name)).toList();
        for (SentFile file : inOrder) {
            Optional<Delivered> known = Stream.concat(ledger.stream(), arriving.stream())
                    .filter(one -> one.counts() && isSame(one.file, file))
                    .findFirst();
            if (known.isPresent()) {
                Delivered delivered = known.get();
                if (file.completeTo().isAfter(delivered.completeTo)) {
                    delivered.completeTo = file.completeTo();
                }
                continue;
            }
            ledger.removeIf(one -> isSame(one.file, file)
                    && (one.status.equals("RETIRE")
                            || one.file.name().equals(file.name())
                            || !isRefusedAtTheDoor(file)));
            boolean isRefused = isRefusedAtTheDoor(file);
            arriving.add(new Delivered(file, loads, isRefused ? "REFUSE" : "CHARGE"));
        }
        ledger.addAll(arriving);
        told.clear();
        while (refuseByCycles(arriving)) {
            // What a refused file leaves may close other cycles.
        }
    }

    /** Takes back what was loaded under these names. */
    void withdraw(String archive) {
        List<Delivered> leaving = ledger.stream()
                .filter(one -> one.counts() && one.file.name().startsWith(archive + "!/"))
                .toList();
        leaving.forEach(one -> one.inCycles = inCycles(one));
        leaving.forEach(one -> one.status = "RETIRE");
        told.clear();
    }

    boolean holds(String archive) {
        return ledger.stream().anyMatch(one -> one.counts() && one.file.name().startsWith(archive + "!/"));
    }

    List<Delivered> ledger() {
        return List.copyOf(ledger);
    }

    /** Lines rejected at the door of a file. */
    static Set<Integer> rejectedAtTheDoor(SentFile file) {
        Set<Integer> numbers = new TreeSet<>();
        for (int index = 0; index < file.lines().size(); index++) {
            if (file.lines().get(index).isWrong()) {
                numbers.add(index + 2);
            }
        }
        return numbers;
    }

    /** What each fact of a feed is told by: one of these lines, which say it with the same right. */
    List<Set<Place>> current(Shape shape) {
        Map<Key, List<Told>> facts = told(shape);
        Set<Key> rejected = inCycles(facts);
        return places(facts.entrySet().stream()
                .filter(fact -> !rejected.contains(fact.getKey()))
                .map(Map.Entry::getValue));
    }

    /** The lines of a delivery that cycles reject: one of each. */
    List<Set<Place>> inCycles(Delivered delivery) {
        if (!delivery.counts()) {
            return delivery.inCycles;
        }
        Map<Key, List<Told>> facts = told(delivery.file.shape());
        return places(inCycles(facts).stream()
                .map(key -> requireNonNull(facts.get(key)))
                .filter(lines -> lines.get(0).delivery == delivery));
    }

    /** How many lines of a delivery are rejected. */
    int rejected(Delivered delivery) {
        return delivery.status.equals("REFUSE")
                ? delivery.file.lines().size()
                : rejectedAtTheDoor(delivery.file).size() + inCycles(delivery).size();
    }

    /** The row of the ledger that tells what became of a file. */
    Delivered of(SentFile file) {
        return ledger.stream()
                .filter(one -> isSame(one.file, file))
                .filter(one -> one.counts() || one.file.name().equals(file.name()) || !isRefusedAtTheDoor(file))
                .findFirst()
                .orElseThrow();
    }

    private static List<Set<Place>> places(Stream<List<Told>> facts) {
        return facts.map(lines -> lines.stream().map(Told::place).collect(Collectors.toSet()))
                .toList();
    }

    /**
     * A file without a line says who has nothing to tell, of which days: only one that says so too is the same. Lines are the same, unless their source
     * says that they are all there is of other days.
     */
    private static boolean isSame(SentFile one, SentFile other) {
        boolean isOfSource = one.source().equals(other.source());
        boolean isOfDays = one.complete().equals(other.complete());
        boolean saysTheSame = other.lines().isEmpty()
                ? isOfSource && isOfDays
                : !isOfSource || isOfDays || other.complete().isEmpty();
        return one.shape() == other.shape() && one.text().equals(other.text()) && saysTheSame;
    }

    private static boolean isRefusedAtTheDoor(SentFile file) {
        return file.lacksColumn()
                || isTooMuch(rejectedAtTheDoor(file).size(), file.lines().size());
    }

    private static boolean isTooMuch(int rejected, int read) {
        return rejected >= 3 && rejected * 10 > read;
    }

    private boolean refuseByCycles(List<Delivered> arriving) {
        Map<Delivered, Integer> rejected = new HashMap<>();
        for (Shape shape : Shape.values()) {
            Map<Key, List<Told>> facts = told(shape);
            inCycles(facts)
                    .forEach(
                            key -> rejected.merge(requireNonNull(facts.get(key)).get(0).delivery, 1, Integer::sum));
        }
        List<Delivered> refused = arriving.stream()
                .filter(one -> one.counts() && rejected.containsKey(one))
                .filter(one -> isTooMuch(
                        rejected.getOrDefault(one, 0)
                                + rejectedAtTheDoor(one.file).size(),
                        one.file.lines().size()))
                .toList();
        refused.forEach(one -> one.inCycles = inCycles(one));
        refused.forEach(one -> one.status = "REFUSE");
        told.clear();
        return !refused.isEmpty();
    }

    /** The youngest lines of each fact, after what complete deliveries took back. */
    private Map<Key, List<Told>> told(Shape shape) {
        return told.computeIfAbsent(shape, this::tell);
    }

    private Map<Key, List<Told>> tell(Shape shape) {
        List<Told> all = new ArrayList<>();
        List<Delivered> complete = new ArrayList<>();
        for (Delivered delivery : ledger) {
            if (delivery.counts() && delivery.file.shape() == shape) {
                for (int index = 0; index < delivery.file.lines().size(); index++) {
                    if (!delivery.file.lines().get(index).isWrong()) {
                        all.add(new Told(delivery, delivery.file.lines().get(index), index + 2));
                    }
                }
                if (delivery.file.complete().isPresent()) {
                    complete.add(delivery);
                }
            }
        }
        complete.sort(Comparator.comparing(delivery -> delivery.load));
        Map<Key, List<Told>> byFact = all.stream().collect(Collectors.groupingBy(Told::key, Collectors.toList()));
        Map<Key, List<Told>> youngest = new HashMap<>();
        byFact.forEach((key, lines) -> {
            Set<Told> live = new HashSet<>(lines);
            complete.forEach(delivery -> live.removeAll(takenBack(delivery, lines, live)));
            live.stream()
                    .max(YOUNGEST)
                    .ifPresent(one -> youngest.put(
                            key,
                            live.stream()
                                    .filter(other -> YOUNGEST.compare(one, other) == 0)
                                    .toList()));
        });
        return youngest;
    }

    /** Of one fact: what the source of a complete delivery said before, unless the load holds the fact or its last day is out of the period. */
    private static Set<Told> takenBack(Delivered complete, List<Told> lines, Set<Told> live) {
        String source = complete.file.source();
        boolean isHeld = lines.stream().anyMatch(line -> line.delivery.load == complete.load && line.isOf(source));
        Set<Told> before = live.stream()
                .filter(line -> line.delivery.load < complete.load && line.isOf(source))
                .collect(Collectors.toSet());
        SentFile.Days period = complete.file.complete().orElseThrow();
        boolean isInPeriod = before.stream()
                .max(YOUNGEST)
                .filter(last -> !complete.file.shape().isDated() || period.hold(last.line.day()))
                .isPresent();
        return !isHeld && isInPeriod ? before : Set.of();
    }

    /** Facts that come back to themselves by what each follows in its source. */
    private static Set<Key> inCycles(Map<Key, List<Told>> facts) {
        Map<Key, Key> previous = new HashMap<>();
        facts.forEach((key, lines) -> {
            @Nullable Integer link = lines.get(0).line.link();
            if (link != null && key.shape().isLinked()) {
                previous.put(key, new Key(key.shape(), key.source(), link));
            }
        });
        Set<Key> found = new HashSet<>();
        for (Key start : previous.keySet()) {
            @Nullable Key at = previous.get(start);
            for (int steps = 0; at != null && steps <= previous.size(); steps++) {
                if (at.equals(start)) {
                    found.add(start);
                }
                at = previous.get(at);
            }
        }
        return found;
    }
}
