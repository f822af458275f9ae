package fr.vigie.verification.deliveries;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files that the sources of one small world send, load after load: corrections, stale versions, lines told twice, moves out of a period,
 * chains that close in circles, complete deliveries, repeats, files that the door or cycles refuse. Persons, sources and facts are of this world
 * alone, so that many worlds share an instance.
 *
 * <p>A fact stands in one file of a load only, but where each says when it was updated: between equal versions of one load the content decides
 * (contrat.md 2), and only what a line says besides its day, its source and its link may then differ.
 */
final class RandomDeliveries {

    private static final int FACTS = 5;
    private static final int MOST_FILES = 3;
    private static final int MOST_LINES = 9;

    /** Facts of different worlds have different numbers. */
    private static final int ROOM = 8;

    private final Random random;
    private final int world;
    private final List<Shape> shapes;
    private final List<SentFile> sent = new ArrayList<>();
    private int names;

    /** What the lines of a fact may not say differently where nothing else chooses between them. */
    private record Settled(
            String source,
            String person,
            LocalDate day,
            @Nullable Integer link) {}

    RandomDeliveries(long seed, int world, List<Shape> shapes) {
        this.random = new Random(seed * 1_000_003 + world);
        this.world = world;
        this.shapes = shapes;
    }

    /** The files of the next load; some in the archive that a later command takes back. */
    List<SentFile> load(List<String> archives) {
        List<SentFile> files = new ArrayList<>();
        Map<Shape, Map<Integer, Set<Optional<LocalDateTime>>>> toldOf = new HashMap<>();
        for (int count = random.nextInt(MOST_FILES + 1); count > 0; count--) {
            Shape shape = shapes.get(random.nextInt(shapes.size()));
            files.add(file(shape, archives, toldOf.computeIfAbsent(shape, none -> new HashMap<>()), files));
        }
        sent.addAll(files);
        return files;
    }

    private SentFile file(
            Shape shape,
            List<String> archives,
            Map<Integer, Set<Optional<LocalDateTime>>> told,
            List<SentFile> together) {
        String archive = !archives.isEmpty() && chance(35) ? archives.get(random.nextInt(archives.size())) + "!/" : "";
        // Files are taken by name: the number that decides is drawn.
        String name = archive + shape.feed() + "-" + random.nextInt(10) + "-monde-" + world + "-" + names++ + ".csv";
        LocalDate completeTo = LocalDate.of(2026, 4, 5).plusDays(random.nextInt(4));
        // One of this load may come twice; one of before may come back, alone to tell its facts.
        List<SentFile> again = Stream.concat(together.stream(), told.isEmpty() ? sent.stream() : Stream.of())
                .filter(file -> file.shape() == shape)
                .toList();
        if (!again.isEmpty() && chance(15)) {
            return again(again.get(random.nextInt(again.size())), name, completeTo, told);
        }
        boolean isComplete = chance(30);
        String source = !isComplete && chance(15) ? "" : source();
        List<SentLine> lines = lines(shape, source, told, chance(6));
        return new SentFile(
                name,
                shape,
                // A line of these feeds names its own.
                source.isEmpty() && !shape.namesSource() ? source() : source,
                completeTo,
                isComplete ? Optional.of(days()) : Optional.empty(),
                chance(4),
                lines);
    }

    private static SentFile again(
            SentFile file, String name, LocalDate completeTo, Map<Integer, Set<Optional<LocalDateTime>>> told) {
        file.lines().forEach(line -> told.put(line.fact(), Set.of(Optional.empty())));
        return new SentFile(
                name, file.shape(), file.source(), completeTo, file.complete(), file.lacksColumn(), file.lines());
    }

    private List<SentLine> lines(
            Shape shape, String source, Map<Integer, Set<Optional<LocalDateTime>>> told, boolean isBad) {
        List<SentLine> lines = new ArrayList<>();
        Map<Integer, Map<Optional<LocalDateTime>, Settled>> settled = new HashMap<>();
        for (int count = random.nextInt(MOST_LINES + 1); count > 0; count--) {
            int place = random.nextInt(FACTS);
            int fact = world * ROOM + place;
            Optional<LocalDateTime> updated =
                    shape.isUpdated() && chance(60) ? Optional.of(updated()) : Optional.empty();
            Map<Optional<LocalDateTime>, Settled> own = settled.computeIfAbsent(fact, none -> new HashMap<>());
            Set<Optional<LocalDateTime>> others = told.getOrDefault(fact, Set.of());
            if (areAlike(others, updated)) {
                continue;
            }
            Settled said = own.computeIfAbsent(
                    updated,
                    none -> new Settled(
                            source.isEmpty() || chance(20) ? source() : chance(20) ? "" : source,
                            "M" + world + "P" + (chance(85) ? place % 2 : 2),
                            shape.isDayOfTheFact() ? Shape.dayOf(fact) : day(),
                            shape.isLinked() && chance(65) ? world * ROOM + link(place) : null));
            lines.add(new SentLine(
                    fact,
                    shape.namesSource() ? said.source() : "",
                    said.person(),
                    said.day(),
                    said.link(),
                    random.nextInt(4),
                    updated.orElse(null),
                    chance(isBad ? 70 : 4)));
        }
        settled.forEach((fact, versions) -> {
            Set<Optional<LocalDateTime>> all = new HashSet<>(versions.keySet());
            all.addAll(told.getOrDefault(fact, Set.of()));
            told.put(fact, all);
        });
        return lines;
    }

    /** Whether content might have to choose between a line of another file of the load and one with this update. */
    private static boolean areAlike(Set<Optional<LocalDateTime>> others, Optional<LocalDateTime> updated) {
        return !others.isEmpty()
                && (updated.isEmpty() || others.contains(updated) || others.contains(Optional.<LocalDateTime>empty()));
    }

    private String source() {
        return "MONDE" + world + (chance(70) ? "A" : "B");
    }

    /** Often the next one, so that chains close. */
    private int link(int place) {
        return chance(50) ? (place + 1) % 3 : random.nextInt(FACTS);
    }

    private LocalDate day() {
        return LocalDate.of(2026, 1, 1).plusDays(random.nextInt(90));
    }

    /** Few, so that versions are often equal. */
    private LocalDateTime updated() {
        return LocalDateTime.of(2026, 3, 28, 9, 0).plusHours(12L * random.nextInt(8));
    }

    private SentFile.Days days() {
        LocalDate january = LocalDate.of(2026, 1, 1);
        return switch (random.nextInt(4)) {
            case 0 -> new SentFile.Days(january, LocalDate.of(2026, 1, 31));
            case 1 -> new SentFile.Days(LocalDate.of(2026, 2, 1), null);
            case 2 -> new SentFile.Days(null, LocalDate.of(2026, 2, 28));
            default -> new SentFile.Days(null, null);
        };
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }
}
