package fr.vigie.schema;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * A place in a YAML file that reads itself and gathers every problem with its file and path, so that an author sees them all at once.
 *
 * <p>A reading that fails adds a problem and returns a harmless value: check {@link Problems#isEmpty()} before using what was read.
 */
public final class YamlNode {

    /**
     * Reads words as their author wrote them: {@code 01053} is a commune and no octal number, {@code Yes}, {@code No} and {@code NULL} are texts of a
     * foreign file, {@code 12:30} is no number of minutes, {@code 2026-02-30} no 2 March.
     */
    private static final class AsWritten extends Resolver {
        @Override
        protected void addImplicitResolvers() {
            addImplicitResolver(Tag.BOOL, Pattern.compile("true|false"), "tf");
            addImplicitResolver(Tag.INT, Pattern.compile("[-+]?(?:0|[1-9][0-9]*)"), "-+0123456789");
            addImplicitResolver(
                    Tag.FLOAT, Pattern.compile("[-+]?(?:0|[1-9][0-9]*)\\.[0-9]+(?:[eE][-+]?[0-9]+)?"), "-+0123456789");
            addImplicitResolver(Tag.MERGE, MERGE, "<");
            addImplicitResolver(Tag.NULL, Pattern.compile("~|null"), "~n");
            addImplicitResolver(Tag.NULL, EMPTY, null);
        }
    }

    /** The problems found in the files read so far, each once, with its file and path. */
    public static final class Problems {
        private final Set<String> sentences = new LinkedHashSet<>();

        public void add(String file, String path, String sentence) {
            sentences.add(file + (path.isEmpty() ? "" : " : " + path) + " : " + sentence);
        }

        public boolean isEmpty() {
            return sentences.isEmpty();
        }

        public List<String> sentences() {
            return List.copyOf(sentences);
        }
    }

    private final String file;
    private final String path;
    private final @Nullable Object value;
    private final Problems problems;

    private YamlNode(String file, String path, @Nullable Object value, Problems problems) {
        this.file = file;
        this.path = path;
        this.value = value;
        this.problems = problems;
    }

    /** Reads a text; a text that is not YAML becomes one problem, with its line, and an empty node that has no other. */
    public static YamlNode read(String file, String text, Problems problems) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        try {
            Yaml yaml = new Yaml(
                    new SafeConstructor(options),
                    new Representer(new DumperOptions()),
                    new DumperOptions(),
                    options,
                    new AsWritten());
            return new YamlNode(file, "", yaml.load(text), problems);
        } catch (YAMLException problem) {
            problems.add(file, "", unreadable(problem));
            // What cannot be read lacks nothing: no other problem of the file is told.
            return new YamlNode(file, "", Map.of(), new Problems());
        }
    }

    private static String unreadable(YAMLException problem) {
        if (problem instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
            return "YAML illisible à la ligne " + (marked.getProblemMark().getLine() + 1) + ", colonne "
                    + (marked.getProblemMark().getColumn() + 1) + " (" + marked.getProblem()
                    + ") : regardez là, ou juste avant, le retrait, les deux-points, les crochets, les guillemets, une clé écrite deux fois";
        }
        return "YAML illisible : "
                + String.valueOf(problem.getMessage()).lines().findFirst().orElse("");
    }

    public String file() {
        return file;
    }

    public String path() {
        return path;
    }

    public void problem(String sentence) {
        problems.add(file, path, sentence);
    }

    public boolean isPresent() {
        return value != null;
    }

    public boolean isMap() {
        return value instanceof Map;
    }

    public boolean isList() {
        return value instanceof List;
    }

    /** The node under a key; absent nodes read as empty. */
    public YamlNode at(String key) {
        Object child = value instanceof Map<?, ?> map ? map.get(key) : null;
        return new YamlNode(file, path.isEmpty() ? key : path + "." + key, child, problems);
    }

    /** Says of every key that is not in {@code known} that it is unknown: a misspelt key must never be ignored. */
    public YamlNode onlyKeys(String... known) {
        Set<String> allowed = new TreeSet<>(List.of(known));
        if (value == null) {
            return this;
        }
        if (!(value instanceof Map<?, ?> map)) {
            problem("un bloc « clé: valeur » est attendu");
            return this;
        }
        for (Object key : map.keySet()) {
            if (!allowed.contains(String.valueOf(key))) {
                String near = Nearest.of(String.valueOf(key), allowed)
                        .map(one -> ", peut-être « " + one + " »")
                        .orElse("");
                problem("clé inconnue « " + key + " »" + near + " (connues : " + String.join(", ", allowed) + ")");
            }
        }
        return this;
    }

    public String text() {
        if (value == null) {
            problem("valeur manquante");
            return "";
        }
        if (value instanceof Map || value instanceof List) {
            problem("un texte est attendu");
            return "";
        }
        return String.valueOf(value);
    }

    public Optional<String> optionalText() {
        return value == null ? Optional.empty() : Optional.of(text());
    }

    public String textOr(String other) {
        return value == null ? other : text();
    }

    public boolean flag(boolean other) {
        if (value == null) {
            return other;
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        problem("true ou false est attendu");
        return other;
    }

    public long whole() {
        if (value instanceof Integer || value instanceof Long) {
            return ((Number) value).longValue();
        }
        problem("un nombre entier est attendu");
        return 0;
    }

    public BigDecimal number() {
        if (value instanceof Number) {
            return new BigDecimal(value.toString());
        }
        problem("un nombre est attendu");
        return BigDecimal.ZERO;
    }

    /** The nodes of a list, in order; a single scalar is a list of one. */
    public List<YamlNode> list() {
        if (value == null) {
            return List.of();
        }
        List<YamlNode> nodes = new ArrayList<>();
        if (value instanceof List<?> list) {
            for (int index = 0; index < list.size(); index++) {
                nodes.add(new YamlNode(file, path + "[" + index + "]", list.get(index), problems));
            }
        } else {
            nodes.add(this);
        }
        return nodes;
    }

    public List<String> texts() {
        return list().stream().map(YamlNode::text).toList();
    }

    /** The nodes of a block by key, in the order of the file. */
    public Map<String, YamlNode> entries() {
        Map<String, YamlNode> nodes = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, child) -> nodes.put(
                    String.valueOf(key),
                    new YamlNode(file, path.isEmpty() ? String.valueOf(key) : path + "." + key, child, problems)));
        } else if (value != null) {
            problem("un bloc « clé: valeur » est attendu");
        }
        return nodes;
    }
}
