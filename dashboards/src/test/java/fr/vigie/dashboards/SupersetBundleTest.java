package fr.vigie.dashboards;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** What can be said of the bundle without Superset: everything that it names is there, and is said in French. */
@NullUnmarked // A tree without a schema: what is missing fails the test as well.
class SupersetBundleTest {

    private static final Path FOLDER = Path.of("superset", "tableaux");
    private static final Pattern ENGLISH = Pattern.compile(
            "(?i)\\b(the|and|with|rate|count|by|number|date of|chart|week|month|year|value|average)\\b");
    private static final Pattern COLOUR = Pattern.compile("#[0-9a-fA-F]{6}\\b");

    private static final Map<String, Set<String>> KEYS = Map.of(
            "databases", Set.of("database_name", "sqlalchemy_uri", "uuid", "version"),
            "datasets",
                    Set.of(
                            "table_name",
                            "schema",
                            "description",
                            "columns",
                            "metrics",
                            "uuid",
                            "database_uuid",
                            "version"),
            "charts", Set.of("slice_name", "description", "viz_type", "params", "uuid", "dataset_uuid", "version"),
            "dashboards",
                    Set.of(
                            "dashboard_title",
                            "description",
                            "slug",
                            "css",
                            "metadata",
                            "position",
                            "uuid",
                            "published",
                            "version"));

    @Test
    void everyFileHasWhatItsKindNeedsAndAUuidOfItsOwn() throws IOException {
        Map<String, String> owners = new TreeMap<>();
        for (Map.Entry<String, Set<String>> kind : KEYS.entrySet()) {
            Map<String, Map<String, Object>> files = read(kind.getKey());
            assertFalse(files.isEmpty(), kind.getKey());
            files.forEach((name, file) -> {
                assertTrue(file.keySet().containsAll(kind.getValue()), name + " lacks one of " + kind.getValue());
                assertEquals("1.0.0", file.get("version"), name);
                String other = owners.put(String.valueOf(file.get("uuid")), name);
                assertEquals(null, other, "the same UUID in " + name);
            });
        }
        assertEquals("assets", read("").get("metadata.yaml").get("type"));
    }

    @Test
    void theSixDashboardsAreThere() throws IOException {
        assertEquals(
                List.of(
                        "Médecin traitant",
                        "Qualité des données",
                        "Ruptures de parcours",
                        "Sortie d’hospitalisation 48 h",
                        "Territoire",
                        "Vue ARS/FACS"),
                read("dashboards").values().stream()
                        .map(one -> String.valueOf(one.get("dashboard_title")))
                        .sorted()
                        .toList());
    }

    @Test
    void everyUuidResolvesAndNoChartIsAnOrphan() throws IOException {
        Set<String> databases = uuids(read("databases"));
        Set<String> datasets = uuids(read("datasets"));
        Map<String, Map<String, Object>> charts = read("charts");
        read("datasets").forEach((name, one) -> assertTrue(databases.contains(one.get("database_uuid")), name));
        charts.forEach((name, one) -> assertTrue(datasets.contains(one.get("dataset_uuid")), name));
        Set<String> shown = new TreeSet<>();
        for (Map.Entry<String, Map<String, Object>> dashboard :
                read("dashboards").entrySet()) {
            Set<Object> ids = new java.util.HashSet<>();
            for (Map<String, Object> cell : cells(dashboard.getValue())) {
                if ("CHART".equals(cell.get("type"))) {
                    Map<String, Object> meta = map(cell.get("meta"));
                    shown.add(String.valueOf(meta.get("uuid")));
                    ids.add(meta.get("chartId"));
                    Map<String, Object> chart = charts.values().stream()
                            .filter(one -> one.get("uuid").equals(meta.get("uuid")))
                            .findFirst()
                            .orElseThrow(
                                    () -> new AssertionError(dashboard.getKey() + " shows a chart that is not there"));
                    assertEquals(chart.get("slice_name"), meta.get("sliceName"), dashboard.getKey());
                }
                for (Object parent : list(cell.get("parents"))) {
                    assertTrue(
                            map(dashboard.getValue().get("position")).containsKey(parent),
                            dashboard.getKey() + " " + parent);
                }
            }
            for (Object filter : list(map(dashboard.getValue().get("metadata")).get("native_filter_configuration"))) {
                Map<String, Object> one = map(filter);
                for (Object target : list(one.get("targets"))) {
                    String uuid = String.valueOf(map(target).get("datasetUuid"));
                    assertTrue(datasets.contains(uuid), dashboard.getKey() + " " + one.get("name"));
                    String column =
                            String.valueOf(map(map(target).get("column")).get("name"));
                    assertTrue(columns(dataset(uuid)).contains(column), dashboard.getKey() + " filters by " + column);
                    if (one.get("sortMetric") != null) {
                        assertTrue(
                                metrics(dataset(uuid)).contains(String.valueOf(one.get("sortMetric"))),
                                dashboard.getKey());
                    }
                }
            }
        }
        assertEquals(uuids(charts), shown);
    }

    @Test
    void everyDashboardIsFilteredByTerritoryPeriodAndPublication() throws IOException {
        read("dashboards").forEach((name, one) -> {
            List<String> filters = list(map(one.get("metadata")).get("native_filter_configuration")).stream()
                    .map(filter -> String.valueOf(map(filter).get("name")))
                    .toList();
            assertTrue(filters.containsAll(List.of("Publication", "Territoire", "Période")), name + " " + filters);
        });
    }

    @Test
    void whatAChartNamesItsDatasetHas() throws IOException {
        for (Map.Entry<String, Map<String, Object>> chart : read("charts").entrySet()) {
            Map<String, Object> dataset =
                    dataset(String.valueOf(chart.getValue().get("dataset_uuid")));
            Set<String> columns = columns(dataset);
            Set<String> metrics = metrics(dataset);
            Map<String, Object> params = map(chart.getValue().get("params"));
            Set<String> given = new TreeSet<>();
            for (String key : List.of("all_columns", "groupby")) {
                for (Object column : list(params.get(key))) {
                    assertTrue(columns.contains(column), chart.getKey() + " names " + column);
                    given.add(String.valueOf(column));
                }
            }
            for (Object filter : list(params.get("adhoc_filters"))) {
                Object subject = map(filter).get("subject");
                assertTrue(subject == null || columns.contains(subject), chart.getKey() + " filters by " + subject);
            }
            List<Object> measures = new ArrayList<>(list(params.get("metrics")));
            if (params.get("metric") != null) {
                measures.add(params.get("metric"));
            }
            for (Object metric : measures) {
                if (metric instanceof String name) {
                    assertTrue(metrics.contains(name), chart.getKey() + " measures " + name);
                    given.add(name);
                }
            }
            if (params.get("handlebarsTemplate") instanceof String template) {
                Matcher words = Pattern.compile("[a-z_]+").matcher(String.join(" ", expressions(template)));
                Set<String> helpers = Set.of(
                        "if",
                        "include",
                        "ero",
                        "true",
                        "each",
                        "else",
                        "eq",
                        "neq",
                        "data",
                        "length",
                        "multiplication",
                        "division",
                        "difference",
                        "sum",
                        "format",
                        "umber",
                        "fr",
                        "root",
                        "this");
                while (words.find()) {
                    String word = words.group();
                    assertTrue(
                            helpers.contains(word) || given.contains(word),
                            chart.getKey() + " draws " + word + ", which it does not ask for");
                }
            }
        }
    }

    /** A rate is never summed nor averaged: only counts are. */
    @Test
    void noMetricSumsARate() throws IOException {
        for (Map.Entry<String, Map<String, Object>> dataset : read("datasets").entrySet()) {
            for (Object metric : list(dataset.getValue().get("metrics"))) {
                String expression = String.valueOf(map(metric).get("expression"));
                assertFalse(
                        Pattern.compile("(?i)(SUM|AVG)\\((valeur|ic_bas|ic_haut|cible_valeur)\\)")
                                .matcher(expression)
                                .find(),
                        dataset.getKey() + ": " + expression);
                assertFalse(
                        expression.contains("SUM(numerateur)") && !expression.contains("COUNT(*) = 1"),
                        dataset.getKey() + " adds rows up: " + expression);
                assertNotNull(map(metric).get("description"), dataset.getKey());
            }
        }
        for (Map.Entry<String, Map<String, Object>> chart : read("charts").entrySet()) {
            for (Object metric : list(map(chart.getValue().get("params")).get("metrics"))) {
                if (metric instanceof Map<?, ?> own) {
                    assertTrue(String.valueOf(own.get("sqlExpression")).contains("COUNT(*) = 1"), chart.getKey());
                }
            }
        }
    }

    @Test
    void everyLabelIsFrench() throws IOException {
        List<String> said = new ArrayList<>();
        for (Map<String, Object> dataset : read("datasets").values()) {
            said.add(String.valueOf(dataset.get("description")));
            for (Object column : list(dataset.get("columns"))) {
                said.add(String.valueOf(map(column).get("verbose_name")));
            }
            for (Object metric : list(dataset.get("metrics"))) {
                said.add(String.valueOf(map(metric).get("verbose_name")));
                said.add(String.valueOf(map(metric).get("description")));
            }
        }
        read("charts").values().forEach(chart -> {
            said.add(String.valueOf(chart.get("slice_name")));
            said.add(String.valueOf(chart.get("description")));
        });
        for (Map<String, Object> dashboard : read("dashboards").values()) {
            said.add(String.valueOf(dashboard.get("dashboard_title")));
            said.add(String.valueOf(dashboard.get("description")));
            for (Object filter : list(map(dashboard.get("metadata")).get("native_filter_configuration"))) {
                said.add(String.valueOf(map(filter).get("name")));
                said.add(String.valueOf(map(filter).get("description")));
            }
        }
        assertTrue(said.size() > 200, "the labels were not read");
        for (String text : said) {
            assertFalse(text.isBlank() || text.equals("null"), "a label is missing");
            assertFalse(ENGLISH.matcher(text).find(), "not French: " + text);
        }
    }

    /** The same look on every page, in the colours whose contrasts are tested elsewhere. */
    @Test
    void everyDashboardWearsTheSameStyleInTheColoursOfThePalette() throws IOException {
        Set<Object> styles =
                read("dashboards").values().stream().map(one -> one.get("css")).collect(Collectors.toSet());
        assertEquals(1, styles.size());
        Set<String> known =
                Stream.of(Palette.values()).map(Palette::hex).collect(Collectors.toCollection(TreeSet::new));
        known.addAll(List.of("#f1f3f5", "#9aa3ab", "#b9c0c6"));
        Matcher colours = COLOUR.matcher(String.valueOf(styles.iterator().next()));
        while (colours.find()) {
            assertTrue(known.contains(colours.group()), colours.group() + " is not of the palette");
        }
    }

    private static List<String> expressions(String template) {
        List<String> found = new ArrayList<>();
        Matcher matcher = Pattern.compile("\\{\\{([^}]*)\\}\\}").matcher(template);
        while (matcher.find()) {
            found.add(matcher.group(1).replaceAll("\"[^\"]*\"", ""));
        }
        return found;
    }

    private static List<Map<String, Object>> cells(Map<String, Object> dashboard) {
        List<Map<String, Object>> cells = new ArrayList<>();
        map(dashboard.get("position")).values().forEach(one -> {
            if (one instanceof Map<?, ?>) {
                cells.add(map(one));
            }
        });
        return cells;
    }

    private static Map<String, Object> dataset(String uuid) throws IOException {
        return read("datasets").values().stream()
                .filter(one -> one.get("uuid").equals(uuid))
                .findFirst()
                .orElseThrow();
    }

    private static Set<String> columns(Map<String, Object> dataset) {
        return names(dataset, "columns", "column_name");
    }

    private static Set<String> metrics(Map<String, Object> dataset) {
        return names(dataset, "metrics", "metric_name");
    }

    private static Set<String> names(Map<String, Object> dataset, String list, String key) {
        return list(dataset.get(list)).stream()
                .map(one -> String.valueOf(map(one).get(key)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> uuids(Map<String, Map<String, Object>> files) {
        return files.values().stream()
                .map(one -> String.valueOf(one.get("uuid")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, Map<String, Object>> read(String kind) throws IOException {
        Map<String, Map<String, Object>> files = new TreeMap<>();
        Path folder = FOLDER.resolve(kind);
        try (Stream<Path> paths = Files.walk(folder, kind.isEmpty() ? 1 : 2)) {
            for (Path path : (Iterable<Path>) paths.filter(one -> one.toString().endsWith(".yaml"))::iterator) {
                files.put(folder.relativize(path).toString(), map(new Yaml().load(Files.readString(path))));
            }
        }
        return files;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    private static List<Object> list(Object value) {
        return value instanceof List<?> list ? new ArrayList<>(list) : List.of();
    }
}
