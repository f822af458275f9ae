package fr.vigie.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No class, method, column or YAML name uses a word that {@code docs/glossary.md} forbids. */
class GlossaryTest {

    private static final Path ROOT = Path.of("..");
    private static final List<String> MODULES = List.of(
            "warehouse-schema",
            "indicators",
            "intake",
            "pipelines",
            "dashboards",
            "demonstration",
            "batch-jobs",
            "verification");

    private static final Pattern JAVA_NAME = Pattern.compile(
            "(?:class|record|interface|enum) (\\w+)|^ {4,}(?!return|new|else|throw)[\\w<>\\[\\], .@?]+ (\\w+)\\([^;]*$");
    private static final Pattern YAML_NAME = Pattern.compile("^[ -]*\\{?(?:name: )?([A-Za-z_]\\w*):?");
    private static final Pattern WORD = Pattern.compile("[A-Z]+(?![a-z])|[A-Z]?[a-z]+");

    /** Columns that the exchange format (domaine 3) names so, those of gold that are read from them, and the code of a warning that is published. */
    private static final Set<String> GIVEN = Set.of(
            "RDV_DOUBLE_SOURCE",
            "rdv_id",
            "rdv_remplace_id",
            "delai_rdv_honore_secondes",
            "delai_rdv_honore_secondes_min",
            "delai_rdv_honore_secondes_max");

    private static final Pattern SQL_NAME = Pattern.compile("([A-Za-z_]\\w*)");

    @Test
    void noNameUsesAForbiddenWord() throws IOException {
        List<String> forbidden = forbiddenWords();
        assertTrue(forbidden.contains("referral"), "the table was not read");
        List<String> found = new ArrayList<>();
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module))) {
                for (Path file : (Iterable<Path>) files.filter(GlossaryTest::isOurs)::iterator) {
                    TreeSet<String> names = names(file);
                    for (String name : names) {
                        forbidden.stream()
                                .filter(word -> uses(name, word))
                                .forEach(word -> found.add(file.getFileName() + ": " + name + " (" + word + ")"));
                    }
                }
            }
        }
        assertEquals(List.of(), found);
    }

    @Test
    void aForbiddenWordWouldBeSeen() {
        assertEquals(new TreeSet<>(List.of("ReferralReader")), inText("final class ReferralReader {", JAVA_NAME));
        assertEquals(
                new TreeSet<>(List.of("countReferrals")), inText("    long countReferrals(int year) {", JAVA_NAME));
        assertEquals(
                new TreeSet<>(List.of("referral_date")), inText("  - {name: referral_date, type: date}", YAML_NAME));
    }

    @Test
    void aWordIsForbiddenWhereverItStandsInAName() {
        assertTrue(uses("dateOfEvent", "event"));
        assertTrue(uses("care_events", "event"));
        assertTrue(uses("GeneralPractitionerReader", "generalpractitioner"));
        assertFalse(uses("preventOverflow", "event"));
        assertFalse(uses("evenement_id", "event"));
        assertTrue(uses("rdv_honore", "rdv"));
        assertFalse(uses("rdv_remplace_id", "rdv"));
    }

    /** Whether neighbouring words of the name make the forbidden one, in the singular or the plural. */
    private static boolean uses(String name, String forbidden) {
        if (GIVEN.contains(name)) {
            return false;
        }
        List<String> words = WORD.matcher(name)
                .results()
                .map(word -> word.group().toLowerCase(Locale.ROOT))
                .toList();
        for (int first = 0; first < words.size(); first++) {
            String joined = "";
            for (int last = first; last < words.size(); last++) {
                joined += words.get(last);
                if (joined.equals(forbidden) || joined.equals(forbidden + "s")) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Names of other people's exports stand in mappings, and are theirs. */
    private static boolean isOurs(Path file) {
        String path = file.toString().replace('\\', '/');
        return Files.isRegularFile(file)
                && !path.contains("/target/")
                && !path.contains("/mappings/")
                && (path.endsWith(".sql")
                        || path.endsWith(".yaml")
                        || path.contains("/src/main/") && path.endsWith(".java"));
    }

    private static TreeSet<String> names(Path file) throws IOException {
        String path = file.toString();
        Pattern pattern = path.endsWith(".java") ? JAVA_NAME : path.endsWith(".sql") ? SQL_NAME : YAML_NAME;
        String text = Files.readString(file);
        return inText(path.endsWith(".sql") ? text.replaceAll("--.*", "") : text, pattern);
    }

    private static TreeSet<String> inText(String text, Pattern pattern) {
        TreeSet<String> names = new TreeSet<>();
        text.lines().forEach(line -> {
            Matcher matcher = pattern.matcher(line);
            while (matcher.find()) {
                names.add(matcher.groupCount() > 1 && matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
            }
        });
        return names;
    }

    private static List<String> forbiddenWords() throws IOException {
        return Files.readAllLines(ROOT.resolve("docs/glossary.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("\\|"))
                .filter(cells -> cells.length > 3)
                .flatMap(cells -> Stream.of(cells[3].split(",")))
                .map(word -> word.strip().toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
