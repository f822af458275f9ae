package fr.vigie.pipelines;

import org.apache.spark.sql.SparkSession;

/** The one Spark session of a run. */
final class Session {

    private Session() {}

    static SparkSession start() {
        return configured(SparkSession.builder().appName("vigie")).getOrCreate();
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
                .config("spark.sql.shuffle.partitions", "4")
                .config("spark.default.parallelism", "4")
                .config("spark.databricks.delta.snapshotPartitions", "2")
                .config("spark.sql.sources.parallelPartitionDiscovery.parallelism", "2")
                .config("delta.log.cacheSize", "3")
                // Small facts beside small facts: planning costs more than running, so adaptive re-planning is kept but
                // broadcasts stay modest.
                .config("spark.sql.autoBroadcastJoinThreshold", "20MB")
                // Delta's extension fails on named parameters otherwise (delta-io/delta 7640).
                .config("spark.sql.legacy.parameterSubstitution.constantsOnly", "true");
    }
}
