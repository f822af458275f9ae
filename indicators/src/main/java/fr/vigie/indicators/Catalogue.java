package fr.vigie.indicators;

import fr.vigie.schema.FeedContract;
import fr.vigie.schema.GoldTable;
import fr.vigie.schema.Resources;
import fr.vigie.schema.YamlNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Every indicator that this instance knows: the product's own, and those of one more folder. */
public final class Catalogue {

    /** The definitions are wrong; all their problems, each with file and path, before any data is read. */
    public static final class DefinitionProblem extends RuntimeException {
        private static final long serialVersionUID = 1L;

        DefinitionProblem(List<String> sentences) {
            super(String.join("\n", sentences));
        }
    }

    private final Map<String, Definition> definitions;

    private Catalogue(Map<String, Definition> definitions) {
        this.definitions = definitions;
    }

    /**
     * Reads the product's definitions and those of {@code folder}, which replace a product's one of the same code.
     *
     * @throws DefinitionProblem with every problem of every file
     */
    public static Catalogue read(Optional<Path> folder) {
        Map<String, String> texts = new TreeMap<>(Resources.texts("definitions", ".yaml"));
        YamlNode.Problems problems = new YamlNode.Problems();
        if (folder.isPresent()) {
            try {
                texts.putAll(Resources.texts(folder.get(), ".yaml"));
            } catch (IOException problem) {
                problems.add(folder.get().toString(), "", "dossier de définitions illisible");
            }
        }
        DefinitionReader reader = new DefinitionReader(GoldTable.all(), FeedContract.all());
        Map<String, Definition> definitions = new TreeMap<>();
        texts.forEach((file, text) -> {
            Definition definition = reader.read(YamlNode.read(file, text, problems));
            definitions.put(definition.code(), definition);
        });
        if (!problems.isEmpty()) {
            throw new DefinitionProblem(problems.sentences());
        }
        return new Catalogue(definitions);
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
