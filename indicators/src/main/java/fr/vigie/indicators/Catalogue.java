package fr.vigie.indicators;

import fr.vigie.schema.FeedContract;
import fr.vigie.schema.GoldTable;
import fr.vigie.schema.Resources;
import fr.vigie.schema.YamlNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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

    private final Map<String, Definition> definitions;
    private final Map<String, RuptureRule> ruptures;

    private Catalogue(Map<String, Definition> definitions, Map<String, RuptureRule> ruptures) {
        this.definitions = definitions;
        this.ruptures = ruptures;
    }

    /**
     * Reads the product's definitions and those of {@code folder}, which replace a product's one of the same code; rules of rupture stand in its
     * folder {@code ruptures}.
     *
     * @throws DefinitionProblem with every problem of every file
     */
    public static Catalogue read(Optional<Path> folder) {
        Map<String, String> texts = new TreeMap<>(Resources.texts("definitions", ".yaml"));
        YamlNode.Problems problems = new YamlNode.Problems();
        folder.ifPresent(own -> texts.putAll(texts(own, problems)));
        DefinitionReader reader = new DefinitionReader(GoldTable.all(), FeedContract.all());
        Map<String, Definition> definitions = new TreeMap<>();
        texts.forEach((file, text) -> {
            Definition definition = reader.read(YamlNode.read(file, text, problems));
            definitions.put(definition.code(), definition);
        });
        Map<String, RuptureRule> ruptures = ruptures(folder, problems);
        if (!problems.isEmpty()) {
            throw new DefinitionProblem(problems.sentences());
        }
        return new Catalogue(definitions, ruptures);
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

    private static Map<String, RuptureRule> ruptures(Optional<Path> folder, YamlNode.Problems problems) {
        Map<String, String> texts = new TreeMap<>(Resources.texts(RUPTURES, ".yaml"));
        Optional<Path> own = folder.map(one -> one.resolve(RUPTURES)).filter(Files::isDirectory);
        own.ifPresent(one -> texts.putAll(texts(one, problems)));
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

    /** The rules of rupture de parcours, by code. */
    public List<RuptureRule> ruptures() {
        return List.copyOf(ruptures.values());
    }

    /** What an indicator is where these feeds were received, and no other. */
    public Computability computability(Definition definition, Set<String> received) {
        return Computability.of(definition, ruptures.values(), received);
    }

    /** By code. */
    public Collection<Definition> definitions() {
        return definitions.values();
    }

    public Optional<Definition> definition(String code) {
        return Optional.ofNullable(definitions.get(code));
    }

    /** A reading by its key: {@code CODE} or {@code CODE/variant}. */
    public Optional<Variant> variant(String key) {
        int slash = key.indexOf('/');
        return definition(slash < 0 ? key : key.substring(0, slash))
                .flatMap(definition -> definition.variant(slash < 0 ? "" : key.substring(slash + 1)));
    }
}
