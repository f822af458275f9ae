package fr.vigie.pipelines;

import static java.util.Objects.requireNonNull;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import fr.vigie.indicators.RuptureRule;
import fr.vigie.schema.ColumnType;
import fr.vigie.schema.FeedColumn;
import fr.vigie.schema.FeedContract;
import fr.vigie.schema.GoldColumn;
import fr.vigie.schema.GoldTable;
import fr.vigie.schema.Resources;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** The facts, one table per thing counted, as they were known at one date d'arrêt: the hard reasoning, named as columns. */
final class Gold {

    /** Facts in the order in which they build on each other. */
    static final List<String> FACTS = List.of(
            "rendez_vous",
            "creneau",
            "sortie",
            "rendez_vous_de_sortie",
            "passage",
            "orientation",
            "chaine",
            "etape",
            "rupture",
            "personne_mois");

    private static final String COMMON = Resources.text("sql/commun.sql");
    private static final String FACT = "fait_";
    private static final String FEED = "silver_";

    /** Rendez-vous whatever their day: one that is yet to come was taken on a day that is past. */
    private static final String RENDEZ_VOUS_OF_EVERY_DAY = "rendez_vous_de_tous_les_jours";

    /** What the rules of rupture may find, before one absorbs another. */
    private static final String RUPTURES = "rupture_possible";

    /** What facts are made of, and what says where and how old everybody is. */
    private static final Set<String> INTERMEDIATES = Set.of(
            "commune_de_territoire",
            "zone",
            "zone_territoire",
            "personne",
            "residence",
            "declaration",
            "avec_medecin",
            "sortie_dite",
            "sejour",
            "admission_lue",
            "hospitalisation",
            "maillon_de_chaine",
            "rendez_vous_pris",
            "rendez_vous_attache");

    /** A SELECT's own names are read as well: nothing is made of those. */
    private static final Pattern READ = Pattern.compile("\\b(?:FROM|JOIN)\\s+(\\w+)");

    private static final Pattern COMMENT = Pattern.compile("--.*");

    /** Dates of facts that bound what is read; a row without a past date column is read whole. */
    private static final Map<String, String> DATED = Map.of(
            "rendez_vous", "date_heure_debut",
            "evenements", "date_heure",
            "orientations", "date_emission",
            "declarations_mt", "CAST(date_debut AS TIMESTAMP)",
            "creneaux", "date_heure_debut");

    private static final Set<String> READ_OFTEN =
            Set.of("communes", "creneaux", "evenements", "orientations", "patients", "rendez_vous", "territoires");

    private final SparkSession spark;
    private final Lake lake;
    private final Map<String, FeedContract> contracts;
    private final Progress progress;
    private final Instant limit;
    private final List<RuptureRule> ruptures;
    private final Map<String, Object> parameters = new TreeMap<>();
    private final Set<String> made = new HashSet<>();
    private @Nullable Dataset<Row> opposed;
    private @Nullable Horizon horizon;

    Gold(
            SparkSession spark,
            Lake lake,
            Map<String, FeedContract> contracts,
            Progress progress,
            Instant limit,
            List<RuptureRule> ruptures) {
        this.spark = spark;
        this.lake = lake;
        this.contracts = contracts;
        this.progress = progress;
        this.limit = limit;
        this.ruptures = ruptures;
        parameters.put("limite", Timestamp.from(limit));
        parameters.put("age_fragile", RuptureRule.FRAGILE_AGE);
        parameters.put("vulnerabilites_fragiles", RuptureRule.FRAGILE_VULNERABILITIES);
        parameters.put("severite_max", RuptureRule.MOST_SEVERE);
        parameters.put("fragilite", RuptureRule.FRAGILITY);
    }

    /** Those that are asked for and those that they are made of, in the order in which they are made. */
    static List<String> madeFor(Set<String> asked, List<RuptureRule> ruptures) {
        Set<String> views = new HashSet<>();
        asked.forEach(fact -> follow(FACT + fact, ruptures, views));
        return FACTS.stream().filter(fact -> views.contains(FACT + fact)).toList();
    }

    private static void follow(String view, List<RuptureRule> ruptures, Set<String> followed) {
        if (followed.add(view)) {
            reads(text(view, ruptures)).forEach(read -> follow(read, ruptures, followed));
        }
    }

    /** What makes a view; empty for a feed, and for a name that is no view. */
    private static String text(String view, List<RuptureRule> ruptures) {
        if (view.equals(RUPTURES)) {
            return RuptureSql.of(ruptures);
        }
        if (view.startsWith(FACT)) {
            return Resources.text("sql/" + view.substring(FACT.length()) + ".sql");
        }
        return INTERMEDIATES.contains(view) ? Resources.text("sql/" + view + ".sql") : "";
    }

    private static List<String> reads(String select) {
        return READ.matcher(COMMENT.matcher(select).replaceAll(""))
                .results()
                .map(read -> read.group(1))
                .toList();
    }

    Horizon horizon() {
        if (horizon == null) {
            throw new IllegalStateException("build() comes first");
        }
        return horizon;
    }

    /** Makes the facts that are asked for, and of all else what they read. */
    void build(int depthMonths, Set<String> facts) {
        progress.step("or : personnes, résidences et territoires");
        readWhoIsOpposed();
        Horizon stretch = new Horizon(limit, LocalDate.MIN, LocalDate.MIN);
        LocalDate floor = stretch.stopDay().minusMonths(depthMonths).withDayOfMonth(1);
        stretch = new Horizon(limit, firstFact(stretch.stopDay()), floor);
        horizon = stretch;
        parameters.put("arret", Date.valueOf(stretch.stopDay()));
        parameters.put("premier_mois", Date.valueOf(stretch.firstMonth().atDay(1)));
        // Read by whatever rolls up.
        make("zone_territoire");
        reads(COMMON).forEach(this::make);
        for (String fact : madeFor(facts, ruptures)) {
            progress.step("or : " + fact);
            make(FACT + fact);
        }
    }

    /** A view, with all that it reads made before it; what is no name of a view is the SELECT's own. */
    private void make(String view) {
        if (!made.add(view)) {
            return;
        }
        if (view.equals(RENDEZ_VOUS_OF_EVERY_DAY)) {
            ofWhoIsNotOpposed(contract("rendez_vous")).createOrReplaceTempView(view);
        } else if (view.startsWith(FEED)) {
            FeedContract contract = contract(view.substring(FEED.length()));
            Dataset<Row> rows = known(contract);
            // What facts read many times is scanned, filtered and decoded once.
            boolean isKept = READ_OFTEN.contains(contract.feed()) && lake.holds(Silver.LAYER, contract.feed());
            (isKept ? settled(rows) : rows).createOrReplaceTempView(view);
        } else if (view.equals(RUPTURES)) {
            select(text(view, ruptures)).createOrReplaceTempView(view);
        } else if (view.startsWith(FACT)) {
            fact(view).createOrReplaceTempView(view);
        } else if (INTERMEDIATES.contains(view)) {
            settled(select(text(view, ruptures))).createOrReplaceTempView(view);
        }
    }

    private Dataset<Row> select(String text) {
        reads(text).forEach(this::make);
        return spark.sql(text, parameters);
    }

    /** Counted by this run and read by nothing after it: the lake keeps no copy. */
    private Dataset<Row> fact(String view) {
        String name = view.substring(FACT.length());
        Dataset<Row> rows = select(text(view, ruptures));
        if (!name.equals("rendez_vous_de_sortie")) {
            rows.createOrReplaceTempView("base");
            rows = spark.sql(COMMON);
        }
        return settled(conforming(requireNonNull(GoldTable.all().get(name), name), rows));
    }

    /**
     * Computed once, and forgotten how: what builds on it is planned from its rows alone. Plans that keep their whole ancestry grow with each
     * other until planning costs more than computing.
     */
    static Dataset<Row> settled(Dataset<Row> rows) {
        return rows.localCheckpoint(true);
    }

    /** The columns of the contract, every one of them, and the technical identifier that the facts link by. */
    private static Dataset<Row> conforming(GoldTable table, Dataset<Row> rows) {
        List<String> names = new ArrayList<>(table.storedNames());
        for (String extra : List.of("sortie_id", "rdv_id")) {
            if (List.of(rows.columns()).contains(extra)) {
                names.add(extra);
            }
        }
        for (GoldColumn column : table.columns()) {
            for (String name : column.storedNames()) {
                if (!List.of(rows.columns()).contains(name)) {
                    throw new IllegalStateException("gold." + table.name() + " lacks the column " + name);
                }
            }
        }
        return rows.select(names.stream().map(functions::col).toArray(Column[]::new));
    }

    /** And how codes of communes are read: both of all the rows, before any is left out. */
    private void readWhoIsOpposed() {
        List<String> read =
                List.of(FEED + "patients", FEED + "evenements", FEED + "communes", FEED + "communes_mouvements");
        read.forEach(view -> silver(contract(view.substring(FEED.length()))).createOrReplaceTempView(view));
        opposed = settled(Sql.select(spark, "oppose", Map.of()));
        settled(Sql.select(spark, "commune_lue", Map.of())).createOrReplaceTempView("commune_lue");
        // From here on a feed is read as its rows were known, or not at all.
        read.forEach(spark.catalog()::dropTempView);
    }

    private FeedContract contract(String feed) {
        return requireNonNull(contracts.get(feed), feed);
    }

    private Dataset<Row> ofWhoIsNotOpposed(FeedContract contract) {
        Dataset<Row> rows = silver(contract);
        return lake.holds(Silver.LAYER, contract.feed()) && contract.isAboutPersons()
                ? rows.join(requireNonNull(opposed), seq("patient_id"), "left_anti")
                : rows;
    }

    /** Current rows, without the persons who are opposed, as they were known at the date d'arrêt. */
    private Dataset<Row> known(FeedContract contract) {
        Dataset<Row> rows = ofWhoIsNotOpposed(contract);
        if (!lake.holds(Silver.LAYER, contract.feed())) {
            return rows;
        }
        String date = DATED.get(contract.feed());
        if (date != null) {
            rows = inCommunesOfToday(contract, rows.where(expr(date).lt(lit(Timestamp.from(limit)))), date);
        }
        if (contract.feed().equals("patients")) {
            rows = rows.withColumn(
                    "date_deces",
                    when(col("date_deces").cast("timestamp").lt(lit(Timestamp.from(limit))), col("date_deces")));
        }
        return rows;
    }

    /** Codes of communes that vanished become, on the day of each fact, those of the référentiel (domaine 0.9 bis). */
    private Dataset<Row> inCommunesOfToday(FeedContract contract, Dataset<Row> rows, String date) {
        Dataset<Row> read = rows;
        for (FeedColumn column : contract.columns()) {
            if (column.type() == ColumnType.COMMUNE) {
                String name = column.name();
                Dataset<Row> known = spark.table("commune_lue")
                        .selectExpr("code AS " + name, "debut AS _debut", "fin AS _fin", "commune AS _commune");
                Column day = expr("to_date(" + date + ")");
                read = read.withColumn("_jour", day)
                        .as("f")
                        .join(
                                broadcast(known.as("l")),
                                expr("f." + name + " = l." + name + " AND _jour >= _debut AND _jour < _fin"),
                                "left")
                        .selectExpr("f.*", "_commune")
                        .withColumn(name, expr("coalesce(_commune, " + name + ")"))
                        .drop("_jour", "_commune");
            }
        }
        return read;
    }

    private static scala.collection.immutable.Seq<String> seq(String name) {
        return scala.jdk.javaapi.CollectionConverters.asScala(List.of(name)).toSeq();
    }

    private Dataset<Row> silver(FeedContract contract) {
        if (lake.holds(Silver.LAYER, contract.feed())) {
            return lake.read(Silver.LAYER, contract.feed());
        }
        // As an RDD: a list without rows is known to the planner, which folds it away with the names of its columns.
        return spark.createDataFrame(
                        new JavaSparkContext(spark.sparkContext()).<Row>emptyRDD(), silverColumns(contract))
                .coalesce(1);
    }

    /** The columns of a silver table that holds nothing yet. */
    static StructType silverColumns(FeedContract contract) {
        StructType columns =
                new StructType().add("_livraison", DataTypes.StringType).add("_ligne", DataTypes.IntegerType);
        for (FeedColumn column : contract.columns()) {
            columns = columns.add(
                    column.name(),
                    org.apache.spark.sql.types.DataType.fromDDL(column.type().silverType()));
            if (column.type() == ColumnType.DATETIME) {
                columns = columns.add(column.name() + "_precision", DataTypes.StringType);
            }
        }
        if (contract.column("source").isEmpty()) {
            columns = columns.add("source", DataTypes.StringType);
        }
        return columns.add("version", DataTypes.TimestampType).add("contenu", DataTypes.StringType);
    }

    private LocalDate firstFact(LocalDate otherwise) {
        Row first = select(Resources.text("sql/premier_jour.sql")).first();
        return first.isNullAt(0) ? otherwise : first.getDate(0).toLocalDate();
    }
}
