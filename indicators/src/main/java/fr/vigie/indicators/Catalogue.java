package fr.vigie.indicators;

import static java.util.Objects.requireNonNull;

import fr.vigie.schema.FeedContract;
import fr.vigie.schema.GoldTable;
import fr.vigie.schema.Resources;
import fr.vigie.schema.YamlNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every indicator that this instance knows: the product's own, and those of one more folder. */
public final class Catalogue {

    /** The definitions are wrong; all their problems, each with file and path, before any data is read. */
    public static final class DefinitionProblem extends RuntimeException {
        private static final long serialVersionUID = 1L;

        DefinitionProblem(List<String> sentences) {
            super(String.join("\n", sentences));
        }
    }

    private static final String RUPTURES = "ruptures";

    /** What a file of a past version is called after its code. */
    private static final Pattern PAST = Pattern.compile("\\.v[0-9]+\\.yaml$");

    /** The versions of each code, oldest first. */
    private final Map<String, List<Definition>> definitions;

    private final Map<String, RuptureRule> ruptures;

    private final String text;

    private Catalogue(Map<String, List<Definition>> definitions, Map<String, RuptureRule> ruptures, String text) {
        this.definitions = definitions;
        this.ruptures = ruptures;
        this.text = text;
    }

    /**
     * Reads the product's definitions and those of {@code folder}, whose versions of a code replace all the product's versions of it; rules of
     * rupture stand in its folder {@code ruptures}.
     *
     * @throws DefinitionProblem with every problem of every file
     */
    public static Catalogue read(Optional<Path> folder) {
        Map<String, String> texts = new TreeMap<>(Resources.texts("definitions", ".yaml"));
        YamlNode.Problems problems = new YamlNode.Problems();
        folder.ifPresent(one -> {
            Map<String, String> own = texts(one, problems);
            Set<String> replaced = own.keySet().stream().map(Catalogue::code).collect(Collectors.toSet());
            texts.keySet().removeIf(file -> replaced.contains(code(file)));
            texts.putAll(own);
        });
        DefinitionReader reader = new DefinitionReader(GoldTable.all(), FeedContract.all());
        Map<String, Map<Definition, YamlNode>> files = new TreeMap<>();
        texts.forEach((file, text) -> {
            YamlNode node = YamlNode.read(file, text, problems);
            Definition definition = reader.read(node);
            files.computeIfAbsent(definition.code(), none -> new LinkedHashMap<>())
                    .put(definition, node);
        });
        Map<String, List<Definition>> definitions = new TreeMap<>();
        files.forEach((code, versions) -> definitions.put(code, inOrder(versions)));
        Map<String, String> rules = ruptureTexts(folder, problems);
        Map<String, RuptureRule> ruptures = ruptures(rules, problems);
        if (!problems.isEmpty()) {
            throw new DefinitionProblem(problems.sentences());
        }
        return new Catalogue(definitions, ruptures, texts + "\n" + rules);
    }

    private static String code(String file) {
        return PAST.matcher(file).replaceFirst(".yaml").replaceFirst("\\.yaml$", "");
    }

    /** Versions follow each other without a day between, and the last one alone bears the name of the code. */
    private static List<Definition> inOrder(Map<Definition, YamlNode> versions) {
        Set<String> feeds = new HashSet<>();
        Set<String> risks = new HashSet<>();
        versions.keySet().forEach(version -> {
            feeds.addAll(version.feeds());
            risks.addAll(version.riskFeeds());
        });
        // What one version needs, another may read for its risks only.
        risks.removeAll(feeds);
        List<Definition> ordered = versions.keySet().stream()
                .sorted(Comparator.comparingInt(Definition::version))
                .toList();
        for (int index = 0; index < ordered.size(); index++) {
            Definition one = ordered.get(index);
            YamlNode node = requireNonNull(versions.get(one));
            boolean isLast = index == ordered.size() - 1;
            if (isLast == PAST.matcher(node.file()).find()) {
                node.at("version")
                        .problem("la dernière version d’un indicateur, et elle seule, s’appelle " + one.code()
                                + ".yaml");
            }
            if (!isLast) {
                checkNext(one, ordered.get(index + 1), requireNonNull(versions.get(ordered.get(index + 1))));
            }
        }
        return ordered.stream().map(version -> version.reading(feeds, risks)).toList();
    }

    private static void checkNext(Definition one, Definition next, YamlNode node) {
        if (next.version() == one.version()) {
            node.at("version").problem("deux fichiers disent la version " + one.version());
        }
        if (!Optional.of(next.since()).equals(one.until().map(day -> day.plusDays(1)))) {
            node.at("since").problem("une version commence le lendemain du dernier jour (until) de la précédente");
        }
        for (Variant variant : one.variants()) {
            if (!next.variant(variant.name())
                    .map(same -> haveOneUnit(variant.measure(), same.measure()))
                    .orElse(true)) {
                node.at("measure")
                        .problem("« " + variant.key() + " » ne se lit plus dans la même unité que la version "
                                + one.version() + " : c’est un autre indicateur, sous un autre code");
            }
        }
    }

    /** A share, a number, hours or days: one code is read in one of them. */
    private static boolean haveOneUnit(Measure one, Measure other) {
        if (one instanceof Measure.Delay delay && other instanceof Measure.Delay another) {
            return delay.clock() == another.clock();
        }
        return one instanceof Measure.Delay == other instanceof Measure.Delay
                && one instanceof Measure.Count == other instanceof Measure.Count;
    }

    /** The files of a folder, by name; one that cannot be read is a problem of its own and hides no other. */
    private static Map<String, String> texts(Path folder, YamlNode.Problems problems) {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(one -> !Files.isDirectory(one)).sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".yml")) {
                    problems.add(name, "", "un fichier de définition finit par .yaml");
                } else if (name.endsWith(".yaml")) {
                    try {
                        texts.put(name, Files.readString(file));
                    } catch (IOException unreadable) {
                        problems.add(
                                name, "", "fichier illisible\u202f: vérifiez ses droits, et qu’il est écrit en UTF-8");
                    }
                }
            }
        } catch (IOException unreadable) {
            problems.add(folder.toString(), "", "dossier illisible\u202f: vérifiez ses droits");
        }
        return texts;
    }

    private static Map<String, String> ruptureTexts(Optional<Path> folder, YamlNode.Problems problems) {
        Map<String, String> texts = new TreeMap<>(Resources.texts(RUPTURES, ".yaml"));
        Optional<Path> own = folder.map(one -> one.resolve(RUPTURES)).filter(Files::isDirectory);
        own.ifPresent(one -> texts.putAll(texts(one, problems)));
        return texts;
    }

    private static Map<String, RuptureRule> ruptures(Map<String, String> texts, YamlNode.Problems problems) {
        RuptureReader reader = new RuptureReader(GoldTable.all(), FeedContract.all());
        Map<String, RuptureRule> rules = new TreeMap<>();
        Map<String, YamlNode> nodes = new TreeMap<>();
        texts.forEach((file, text) -> {
            YamlNode node = YamlNode.read(file, text, problems);
            reader.read(node).ifPresent(rule -> {
                rules.put(rule.code(), rule);
                nodes.put(rule.code(), node);
            });
        });
        RuptureReader.checkAbsorptions(rules, nodes);
        return rules;
    }

    /** All that it was read from: two catalogues of the same text say the same. */
    public String text() {
        return text;
    }

    /** The rules of rupture de parcours, by code. */
    public List<RuptureRule> ruptures() {
        return List.copyOf(ruptures.values());
    }

    /** What an indicator is where these feeds were received, and no other. */
    public Computability computability(Definition definition, Set<String> received) {
        return Computability.of(definition, ruptures.values(), received);
    }

    /** The last version of each indicator, by code. */
    public Collection<Definition> definitions() {
        return definitions.values().stream().map(Catalogue::last).toList();
    }

    /** Every version of an indicator, oldest first. */
    public List<Definition> versions(String code) {
        return definitions.getOrDefault(code, List.of());
    }

    /** Its last version. */
    public Optional<Definition> definition(String code) {
        return Optional.ofNullable(definitions.get(code)).map(Catalogue::last);
    }

    /** Every variant that some version of an indicator has, as the last of those says it; the official reading first. */
    public List<Variant> variants(String code) {
        Map<String, Variant> variants = new LinkedHashMap<>();
        for (Definition version : versions(code)) {
            version.variants().forEach(variant -> variants.put(variant.name(), variant));
        }
        return List.copyOf(variants.values());
    }

    private static Definition last(List<Definition> versions) {
        return versions.get(versions.size() - 1);
    }

    /** A reading by its key: {@code CODE} or {@code CODE/variant}. */
    public Optional<Variant> variant(String key) {
        int slash = key.indexOf('/');
        String code = slash < 0 ? key : key.substring(0, slash);
        String name = slash < 0 ? "" : key.substring(slash + 1);
        return definition(code)
                .flatMap(last -> last.variant(name))
                .or(() -> variants(code).stream()
                        .filter(variant -> variant.name().equals(name))
                        .findFirst());
    }
}
