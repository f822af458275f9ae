package fr.vigie.pipelines;

import static java.util.Objects.requireNonNull;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import fr.vigie.indicators.RuptureRule;
import fr.vigie.schema.ColumnType;
import fr.vigie.schema.FeedColumn;
import fr.vigie.schema.FeedContract;
import fr.vigie.schema.GoldColumn;
import fr.vigie.schema.GoldTable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** The facts, one table per thing counted, as they were known at one date d'arrêt: the hard reasoning, named as columns. */
final class Gold {

    static final String LAYER = "gold";

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

    static final int STEPS = FACTS.size() + 1;

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
    }

    Horizon horizon() {
        if (horizon == null) {
            throw new IllegalStateException("build() comes first");
        }
        return horizon;
    }

    void build(int depthMonths) {
        progress.step("or : personnes, résidences et territoires");
        readSilver();
        Horizon stretch = new Horizon(limit, LocalDate.MIN, LocalDate.MIN);
        LocalDate floor = stretch.stopDay().minusMonths(depthMonths).withDayOfMonth(1);
        stretch = new Horizon(limit, firstFact(stretch.stopDay()), floor);
        horizon = stretch;
        Map<String, Object> parameters = Map.of(
                "limite", java.sql.Timestamp.from(limit),
                "arret", java.sql.Date.valueOf(stretch.stopDay()),
                "premier_mois", java.sql.Date.valueOf(stretch.firstMonth().atDay(1)));
        for (String name : List.of(
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
                "rendez_vous_pris")) {
            intermediate(name, parameters);
        }
        Map<String, GoldTable> tables = GoldTable.all();
        for (String fact : FACTS) {
            progress.step("or : " + fact);
            if (fact.equals("sortie")) {
                intermediate("rendez_vous_attache", parameters);
            }
            Map<String, Object> bound = parameters;
            if (fact.equals("rupture")) {
                spark.sql(RuptureSql.of(ruptures), parameters).createOrReplaceTempView("rupture_possible");
                bound = new java.util.TreeMap<>(parameters);
                bound.put("age_fragile", RuptureRule.FRAGILE_AGE);
                bound.put("vulnerabilites_fragiles", RuptureRule.FRAGILE_VULNERABILITIES);
                bound.put("severite_max", RuptureRule.MOST_SEVERE);
                bound.put("fragilite", RuptureRule.FRAGILITY);
            }
            Dataset<Row> own = Sql.select(spark, fact, bound);
            Dataset<Row> rows = own;
            if (!fact.equals("rendez_vous_de_sortie")) {
                own.createOrReplaceTempView("base");
                rows = Sql.select(spark, "commun", Map.of());
            }
            // Counted by this run and read by nothing after it: the lake keeps no copy.
            settled(conforming(requireNonNull(tables.get(fact), fact), rows)).createOrReplaceTempView("fait_" + fact);
        }
    }

    private void intermediate(String name, Map<String, Object> parameters) {
        settled(Sql.select(spark, name, parameters)).createOrReplaceTempView(name);
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
        List<String> names = new java.util.ArrayList<>(table.storedNames());
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
        return rows.select(
                names.stream().map(org.apache.spark.sql.functions::col).toArray(Column[]::new));
    }

    /** One view per feed: current rows, without the persons who are opposed, as they were known at the date d'arrêt. */
    private void readSilver() {
        for (FeedContract contract : contracts.values()) {
            silver(contract).createOrReplaceTempView("silver_" + contract.feed());
        }
        Dataset<Row> opposed = settled(Sql.select(spark, "oppose", Map.of()));
        intermediate("commune_lue", Map.of());
        for (FeedContract contract : contracts.values()) {
            Dataset<Row> rows = spark.table("silver_" + contract.feed());
            boolean isReceived = lake.holds(Silver.LAYER, contract.feed());
            if (isReceived && contract.isAboutPersons()) {
                rows = rows.join(opposed, seq("patient_id"), "left_anti");
            }
            if (contract.feed().equals("rendez_vous")) {
                rows.createOrReplaceTempView("rendez_vous_de_tous_les_jours");
            }
            if (!isReceived) {
                continue;
            }
            String date = DATED.get(contract.feed());
            if (date != null) {
                rows = rows.where(org.apache.spark.sql.functions.expr(date).lt(lit(java.sql.Timestamp.from(limit))));
                rows = inCommunesOfToday(contract, rows, date);
            }
            if (contract.feed().equals("patients")) {
                rows = rows.withColumn(
                        "date_deces",
                        org.apache.spark.sql.functions.when(
                                col("date_deces").cast("timestamp").lt(lit(java.sql.Timestamp.from(limit))),
                                col("date_deces")));
            }
            // What facts read many times is scanned, filtered and decoded once.
            (READ_OFTEN.contains(contract.feed()) ? settled(rows) : rows)
                    .createOrReplaceTempView("silver_" + contract.feed());
        }
    }

    /** Codes of communes that vanished become, on the day of each fact, those of the référentiel (domaine 0.9 bis). */
    private Dataset<Row> inCommunesOfToday(FeedContract contract, Dataset<Row> rows, String date) {
        Dataset<Row> read = rows;
        for (FeedColumn column : contract.columns()) {
            if (column.type() == ColumnType.COMMUNE) {
                String name = column.name();
                Dataset<Row> known = spark.table("commune_lue")
                        .selectExpr("code AS " + name, "debut AS _debut", "fin AS _fin", "commune AS _commune");
                Column day = org.apache.spark.sql.functions.expr("to_date(" + date + ")");
                read = read.withColumn("_jour", day)
                        .as("f")
                        .join(
                                org.apache.spark.sql.functions.broadcast(known.as("l")),
                                org.apache.spark.sql.functions.expr(
                                        "f." + name + " = l." + name + " AND _jour >= _debut AND _jour < _fin"),
                                "left")
                        .selectExpr("f.*", "_commune")
                        .withColumn(name, org.apache.spark.sql.functions.expr("coalesce(_commune, " + name + ")"))
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
                new JavaSparkContext(spark.sparkContext()).<Row>emptyRDD(), silverColumns(contract));
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
        Row first = Sql.select(spark, "premier_jour", Map.of()).first();
        return first.isNullAt(0) ? otherwise : first.getDate(0).toLocalDate();
    }
}
