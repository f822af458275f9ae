package fr.vigie.pipelines;

import org.apache.spark.sql.SparkSession;

/** The one Spark session of a run. */
final class Session {

    private Session() {}

    /** @param hasFewLines a run that is all planning and compiling goes several times faster with one partition and no generated code */
    static SparkSession start(boolean hasFewLines) {
        SparkSession.Builder builder = configured(SparkSession.builder().appName("vigie"));
        return (hasFewLines ? lean(builder) : builder).getOrCreate();
    }

    /** For few lines, tests included. */
    static SparkSession.Builder lean(SparkSession.Builder builder) {
        return builder.config("spark.sql.shuffle.partitions", "1")
                .config("spark.default.parallelism", "1")
                .config("spark.sql.codegen.wholeStage", "false")
                .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
                .config("spark.sql.adaptive.enabled", "false")
                .config("spark.databricks.delta.snapshotPartitions", "1")
                .config("spark.databricks.delta.stats.collect", "false");
    }

    /** What every session of Vigie needs, whatever its master; tests add {@code local[*]}. */
    static SparkSession.Builder configured(SparkSession.Builder builder) {
        return builder.config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
                .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
                // Days, periods and hours are those of Paris, whatever the machine's own zone (domaine.md 0.1).
                .config("spark.sql.session.timeZone", "Europe/Paris")
                // The event log and the UI can show values of patients.
                .config("spark.ui.enabled", "false")
                .config("spark.eventLog.enabled", "false")
                .config("spark.sql.shuffle.partitions", "2")
                .config("spark.default.parallelism", "2")
                .config("spark.sql.adaptive.enabled", "false")
                .config("spark.databricks.delta.snapshotPartitions", "2")
                .config("spark.sql.sources.parallelPartitionDiscovery.parallelism", "2")
                .config("delta.log.cacheSize", "3")
                // What is small is hinted; what only looks small once compressed would fill the heap as a hash table.
                .config("spark.sql.autoBroadcastJoinThreshold", "4MB")
                // Delta's extension fails on named parameters otherwise (delta-io/delta 7640).
                .config("spark.sql.legacy.parameterSubstitution.constantsOnly", "true");
    }
}
