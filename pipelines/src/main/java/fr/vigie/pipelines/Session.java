package fr.vigie.pipelines;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/** The one Spark session of a run. */
final class Session {

    /** What a run does to one table. */
    interface Step<E extends Exception> {
        void run() throws E;
    }

    private static final Map<String, String> LEAN = Map.of(
            "spark.sql.shuffle.partitions", "1",
            "spark.sql.codegen.wholeStage", "false",
            "spark.sql.codegen.factoryMode", "NO_CODEGEN",
            "spark.sql.constraintPropagation.enabled", "false",
            "spark.sql.subexpressionElimination.enabled", "false",
            "spark.databricks.delta.snapshotPartitions", "1",
            "spark.databricks.delta.stats.collect", "false");

    private static final String CAPITALS_BY_ICU = "spark.sql.icu.caseMappings.enabled";
    private static final String FRAMEWORK_OF_TYPES = "spark.sql.types.framework.enabled";

    private Session() {}

    /** @param hasFewLines a run that is all planning and compiling goes several times faster with one partition and no generated code */
    static SparkSession start(boolean hasFewLines) {
        SparkSession.Builder builder = configured(SparkSession.builder().appName("vigie"));
        return (hasFewLines ? lean(builder) : builder).getOrCreate();
    }

    /** Rows that are taken one by one are computed after their query, by tasks that know of the session's settings what they are told. */
    static void tellTasks(SparkSession spark) {
        Stream.concat(LEAN.keySet().stream(), Stream.of(CAPITALS_BY_ICU, FRAMEWORK_OF_TYPES))
                .forEach(key -> spark.sparkContext()
                        .setLocalProperty(key, spark.conf().getOption(key).getOrElse(() -> null)));
    }

    /** For few lines, tests included. */
    static SparkSession.Builder lean(SparkSession.Builder builder) {
        LEAN.forEach(builder::config);
        return builder.config("spark.default.parallelism", "1");
    }

    /** Whether what is asked now is asked as in a small run. */
    static boolean isLean(SparkSession spark) {
        return LEAN.entrySet().stream()
                .allMatch(one -> spark.conf().getOption(one.getKey()).contains(one.getValue()));
    }

    /**
     * A step of any run. Made from few lines, it has the settings of a small run, and the session its own again after it: most feeds of a long
     * run are short, and code generated for a table of a hundred rows costs as much as for one of millions.
     */
    static <E extends Exception> void step(SparkSession spark, boolean hasFewLines, Step<E> step) throws E {
        if (!hasFewLines) {
            step.run();
            return;
        }
        Map<String, Option<String>> own = LEAN.keySet().stream()
                .collect(Collectors.toMap(key -> key, key -> spark.conf().getOption(key)));
        LEAN.forEach(spark.conf()::set);
        tellTasks(spark);
        try {
            step.run();
        } finally {
            own.forEach((key, value) -> {
                if (value.isDefined()) {
                    spark.conf().set(key, value.get());
                } else {
                    spark.conf().unset(key);
                }
            });
            tellTasks(spark);
        }
    }

    /** Spark reads the stack for each step of each plan, to name it on a page that nobody opens: a sixth of what planning costs. */
    static void saysNotFromWhere(SparkSession spark) {
        spark.sparkContext().setLocalProperty("callSite.short", "vigie");
        spark.sparkContext().setLocalProperty("callSite.long", "vigie");
    }

    /** What every session of Vigie needs, whatever its master; tests add {@code local[*]}. */
    static SparkSession.Builder configured(SparkSession.Builder builder) {
        return builder.config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
                .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
                // Days, periods and hours are those of Paris, whatever the machine's own zone (domaine 0.1).
                .config("spark.sql.session.timeZone", "Europe/Paris")
                // The event log and the UI can show values of patients.
                .config("spark.ui.enabled", "false")
                .config("spark.eventLog.enabled", "false")
                // Nobody reads the plans that every query would write out at length.
                .config("spark.sql.ui.explainMode", "simple")
                // Lines of patients are for this account alone: Hadoop gives each file its modes, whatever the umask of
                // the process.
                .config("spark.hadoop.fs.permissions.umask-mode", "077")
                // Delta's usual store starts five processes for each commit to a local disk, and its checksums more.
                // These leave two writers to whoever keeps them apart (decision 0042).
                .config("spark.delta.logStore.file.impl", "io.delta.storage.LocalLogStore")
                .config(
                        "spark.hadoop.spark.sql.streaming.checkpointFileManagerClass",
                        "org.apache.spark.sql.execution.streaming.checkpointing.FileSystemBasedCheckpointFileManager")
                // Rows are what files hold: what a cluster may prefer for its tables is not for these (LiveFiles).
                .config("spark.databricks.delta.properties.defaults.enableDeletionVectors", "false")
                .config("spark.databricks.delta.properties.defaults.columnMapping.mode", "none")
                .config("spark.sql.shuffle.partitions", "2")
                .config("spark.default.parallelism", "2")
                .config("spark.sql.adaptive.enabled", "false")
                .config("spark.databricks.delta.snapshotPartitions", "2")
                .config("spark.sql.sources.parallelPartitionDiscovery.parallelism", "2")
                .config("delta.log.cacheSize", "3")
                // A day brings many files of a few lines: counted as large ones each would be a task of its own.
                .config("spark.sql.files.openCostInBytes", "65536")
                // Outside UTC Delta reads the whole log of a table again after each commit, against statistics of
                // instants read in another zone:
                // we keep none.
                .config("spark.databricks.delta.allFilesInCrc.verificationMode.forceOnNonUTC.enabled", "false")
                // What is small is hinted; what only looks small once compressed would fill the heap as a hash table.
                .config("spark.sql.autoBroadcastJoinThreshold", "4MB")
                // ICU asks every character of Unicode for its capital when the first upper() needs one: five seconds of
                // each run, for names of sources that Java capitalises alike.
                .config(CAPITALS_BY_ICU, "false")
                // Where it is not said, Spark asks the environment of the process for each value whether it is being
                // tested.
                .config(FRAMEWORK_OF_TYPES, "false")
                // Delta's extension fails on named parameters otherwise (delta-io/delta 7640).
                .config("spark.sql.legacy.parameterSubstitution.constantsOnly", "true");
    }
}
