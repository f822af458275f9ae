package fr.vigie.verification;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a comment, a query, a definition or a page says of the law leads to a section, an indicator, a rule or a case that is there. */
class ReferencesTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Set<String> NOT_OURS =
            Set.of("target", ".git", ".vigie", "node_modules", "__pycache__", "former");

    /** A migration that an instance has had is never written again, not even its comments: its checksum is noted there. */
    private static final Path MIGRATIONS = ROOT.resolve("warehouse-schema/mart");

    private static final Pattern READ = Pattern.compile(".*\\.(java|sql|ya?ml|md|py|html)|run|vigie");

    /** A new line of a comment, or a space. */
    private static final String GAP = "(?:\\s*\\R\\s*(?:\\*|//|#|--)?\\s*|\\s+)";

    private static final String SECTION = "\\d+(?:\\.(?:\\d+|[A-Z]))*(?:" + GAP + "bis\\b)?";
    private static final String CODE = "(?:[A-Z]{2,4}-\\d\\d)";
    private static final String CASE = "(?:cases?" + GAP + "\\d+)";
    private static final String ONE = "(?:" + SECTION + "|" + CODE + "|" + CASE + ")";
    private static final Pattern REFERENCE =
            Pattern.compile("(domaine|contrat\\.md|architecture\\.md|operations\\.md)\\)?" + GAP + "(" + ONE + "(?:(?:,"
                    + GAP + "|" + GAP + "(?:and|or|to|et|ou|à)" + GAP + "|" + GAP + ")" + ONE + ")*)");
    private static final Pattern EACH =
            Pattern.compile("(?<case>cases?" + GAP + "\\d+)|(?<code>" + CODE + ")|(?<section>" + SECTION + ")");

    /** Titles that follow the section of the law where they stand; after a comma, guillemets hold words that are quoted. */
    private static final Pattern TITLED = Pattern.compile("(?<![\\d.])(\\d+(?:\\.(?:\\d+|[A-Z]))+(?:" + GAP
            + "bis\\b)?)" + GAP + "(«[^»]+»(?:," + GAP + "«[^»]+»)*)");

    private static final Pattern TITLE = Pattern.compile("«([^»]+)»");

    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (\\d+(?:\\.(?:\\d+|[A-Z]))*\\.?(?: bis)?)(?: |$)");
    private static final Pattern SUBTITLE = Pattern.compile("(?m)^#+ (.+)$|\\*\\*`?([^*`]+)`?\\*\\*");
    private static final Pattern ENTRY =
            Pattern.compile("\\*\\*([A-Z]{2,4}-\\d\\d)(?: / ([A-Z]{2,4}-\\d\\d))? —|(?m)^\\| ([A-Z]{3}-\\d\\d) \\|");
    private static final Pattern NUMBERED = Pattern.compile("(?m)^\\* \\*\\*(\\d+)\\.\\*\\*");
    private static final Pattern CASE_TEST = Pattern.compile("void (case(\\d+)_\\w*)");
    private static final Pattern FORMER = Pattern.compile("\\b(domaine|contract|facts|release|clarifications)\\.md\\b");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:\\s]+)(?:#[^)]*)?\\)");

    private final Map<String, Set<String>> there = Map.of(
            "domaine", named(domaine(), HEADING, ENTRY),
            "contrat.md", named(text(ROOT.resolve("docs/contrat.md")), HEADING),
            "architecture.md", named(text(ROOT.resolve("docs/architecture.md")), HEADING),
            "operations.md", named(text(ROOT.resolve("docs/operations.md")), HEADING));
    private final Map<String, Set<String>> titles = titles(domaine());
    private final Set<String> cases = named(text(ROOT.resolve("docs/domaine/7-cas.md")), NUMBERED);

    @Test
    void theLawHasItsSectionsEntriesAndCases() {
        Set<String> domaine = sections("domaine");
        assertTrue(
                domaine.containsAll(List.of(
                        "0.1", "0.9", "0.9 bis", "0.10", "1", "1.A", "1.J", "2", "3.6", "4", "5.5", "6.3", "7", "7.3")),
                domaine::toString);
        assertTrue(
                domaine.containsAll(List.of("CAD-01", "MSU-02", "RED-01", "RUP-00", "RUP-17", "SAT-05")),
                domaine::toString);
        assertTrue(cases.containsAll(List.of("1", "55", "103")), cases::toString);
        assertTrue(
                sections("operations.md").containsAll(List.of("1", "4", "9")),
                () -> sections("operations.md").toString());
        assertTrue(
                titles.getOrDefault("0.9 bis", Set.of())
                        .containsAll(List.of("Séjours", "Source close", "risque-echec")),
                titles::toString);
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        List<String> broken = new ArrayList<>();
        int read = 0;
        boolean isReadInTheChecks = false;
        for (Path file : files()) {
            if (file.endsWith("ReferencesTest.java")) {
                continue;
            }
            String text = text(file);
            isReadInTheChecks |= file.startsWith(ROOT.resolve(".ci"))
                    && REFERENCE.matcher(text).find();
            read += (int) REFERENCE.matcher(text).results().count();
            broken(text).forEach(word -> broken.add(ROOT.relativize(file) + ": " + word));
        }
        assertTrue(read > 150, "references found: " + read);
        assertTrue(isReadInTheChecks, "no reference was found in .ci");
        assertEquals("", broken.stream().collect(joining("\n")));
    }

    @Test
    void saysWhichReferenceLeadsNowhere() {
        assertEquals(
                List.of(),
                broken("/** domaine 0.3, 0.9\n * bis, contrat.md 2 and 3; domaine 2 RUP-05, domaine 7.2, case 51 */"));
        assertEquals(List.of("domaine 0.11"), broken("-- one row per sortie (domaine 0.3, 0.11)"));
        assertEquals(List.of("domaine 3.7"), broken("# domaine 3.5 to\n# 3.7"));
        assertEquals(List.of("domaine CAD-09"), broken("// domaine CAD-09"));
        assertEquals(List.of("contrat.md 9"), broken("contrat.md 9"));
        assertEquals(List.of(), broken("[operations.md](operations.md) 2, docs/operations.md 3"));
        assertEquals(List.of("operations.md 12"), broken("# an instance that is restored (docs/operations.md 12)"));
        assertEquals(List.of("operations.md 10"), broken("docs/operations.md 4,\n# 10"));
        assertEquals(
                List.of(),
                broken("domaine 0.9 bis « Flux nécessaires, flux\n * lus », « RUP-00 »; 0.9\n-- bis « Séjours »"));
        assertEquals(List.of("0.9 bis « Sejours »"), broken("(domaine 0.3, 0.9 bis « Sejours »)"));
        assertEquals(List.of("0.3 « Séjours »"), broken("domaine 0.3 « Séjours »"));
        assertEquals(List.of("0.9 bis « RUP-99 »"), broken("domaine 0.9 bis « Ruptures », « RUP-99 »"));
        assertEquals(List.of("domaine case 5"), broken("domaine 7.2, case 5"));
        assertEquals(List.of("void case5_nothing"), broken("void case5_nothing() {"));
        assertEquals(List.of("domaine.md"), broken("see domaine.md 0.3"));
    }

    @Test
    void everyLinkOfAPageLeadsToAFile() {
        List<String> broken = new ArrayList<>();
        for (Path file : files()) {
            if (file.toString().endsWith(".md")) {
                LINK.matcher(text(file))
                        .results()
                        .map(link -> link.group(1))
                        .filter(target -> !Files.exists(file.resolveSibling(target)))
                        .forEach(target -> broken.add(ROOT.relativize(file) + ": " + target));
            }
        }
        assertEquals("", broken.stream().collect(joining("\n")));
    }

    private List<String> broken(String text) {
        List<String> broken = new ArrayList<>();
        REFERENCE.matcher(text).results().forEach(reference -> {
            String page = reference.group(1);
            Matcher each = EACH.matcher(reference.group(2));
            while (each.find()) {
                String word = each.group().replaceAll(GAP, " ");
                boolean isThere = each.group("case") == null
                        ? sections(page).contains(word)
                        : cases.contains(word.replaceAll("\\D", ""));
                if (!isThere) {
                    broken.add(page + " " + word);
                }
            }
        });
        TITLED.matcher(text).results().forEach(titled -> {
            String section = titled.group(1).replaceAll(GAP, " ");
            TITLE.matcher(titled.group(2))
                    .results()
                    .map(title -> title.group(1)
                            .replace('\u00a0', ' ')
                            .replaceAll(GAP, " ")
                            .strip())
                    .filter(title -> !titles.getOrDefault(section, Set.of()).contains(title))
                    .forEach(title -> broken.add(section + " « " + title + " »"));
        });
        CASE_TEST
                .matcher(text)
                .results()
                .filter(test -> !cases.contains(test.group(2)))
                .forEach(test -> broken.add("void " + test.group(1)));
        FORMER.matcher(text).results().forEach(former -> broken.add(former.group()));
        return broken;
    }

    private Set<String> sections(String page) {
        return there.getOrDefault(page, Set.of());
    }

    /** What is in bold or heads a part of each section, by the section's number; a section ends where another that is not inside it begins. */
    private static Map<String, Set<String>> titles(String law) {
        Map<String, Set<String>> titles = new HashMap<>();
        List<MatchResult> headings = HEADING.matcher(law).results().toList();
        for (int index = 0; index < headings.size(); index++) {
            String section = number(headings.get(index).group(1));
            int end = headings.stream()
                    .skip(index + 1)
                    .filter(next -> !number(next.group(1)).startsWith(section + "."))
                    .findFirst()
                    .map(MatchResult::start)
                    .orElse(law.length());
            titles.put(section, named(law.substring(headings.get(index).start(), end), SUBTITLE));
        }
        return titles;
    }

    /** Without the point that ends it. */
    private static String number(String heading) {
        return heading.replaceAll("\\.(?= |$)", "");
    }

    private static Set<String> named(String text, Pattern... kinds) {
        Set<String> names = new HashSet<>();
        for (Pattern kind : kinds) {
            kind.matcher(text).results().forEach(found -> {
                for (int group = 1; group <= found.groupCount(); group++) {
                    if (found.group(group) != null) {
                        names.add(number(found.group(group)));
                    }
                }
            });
        }
        return names;
    }

    private static String domaine() {
        try (Stream<Path> pages = Files.list(ROOT.resolve("docs/domaine"))) {
            return pages.sorted().map(ReferencesTest::text).collect(joining("\n"));
        } catch (IOException problem) {
            throw new java.io.UncheckedIOException(problem);
        }
    }

    private static List<Path> files() {
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return NOT_OURS.contains(folder.getFileName().toString()) && !folder.equals(ROOT)
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (READ.matcher(file.getFileName().toString()).matches() && !file.startsWith(MIGRATIONS)) {
                        files.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException problem) {
            throw new java.io.UncheckedIOException(problem);
        }
        return files;
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException problem) {
            throw new java.io.UncheckedIOException(problem);
        }
    }
}
