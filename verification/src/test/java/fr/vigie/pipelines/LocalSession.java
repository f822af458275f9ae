package fr.vigie.pipelines;

import org.apache.spark.sql.SparkSession;

/** A session of the worker's own settings in the process of a test, for few lines. */
final class LocalSession {

    private LocalSession() {}

    static SparkSession start() {
        return configured().getOrCreate();
    }

    static SparkSession.Builder configured() {
        return Session.lean(Session.configured(
                        SparkSession.builder().master("local[2]").appName("vigie-test")))
                .config("spark.hadoop.fs.file.impl", LocalDisk.class.getName());
    }
}
