package fr.vigie.pipelines;

import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The Delta tables of one instance, by layer and name, and the small marks that say what a table was made from. */
final class Lake {

    private static final String RETENTION_CHECK = "spark.databricks.delta.retentionDurationCheck.enabled";

    private final SparkSession spark;
    private final String root;

    Lake(SparkSession spark, String root) {
        this.spark = spark;
        this.root = root;
    }

    String path(String layer, String table) {
        return root + "/" + layer + "/" + table;
    }

    boolean holds(String layer, String table) {
        return exists(path(layer, table) + "/_delta_log");
    }

    Dataset<Row> read(String layer, String table) {
        return spark.read().format("delta").load(path(layer, table));
    }

    /** Replaces a whole table, its columns included. */
    void overwrite(String layer, String table, Dataset<Row> rows) {
        rows.write()
                .format("delta")
                .mode("overwrite")
                .option("overwriteSchema", "true")
                .option("delta.dataSkippingNumIndexedCols", "0")
                .save(path(layer, table));
    }

    /** The tables of a layer. */
    List<String> tables(String layer) {
        Path folder = new Path(root + "/" + layer);
        List<String> tables = new ArrayList<>();
        try {
            if (files(folder).exists(folder)) {
                for (FileStatus one : files(folder).listStatus(folder)) {
                    if (holds(layer, one.getPath().getName())) {
                        tables.add(one.getPath().getName());
                    }
                }
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        return tables;
    }

    /** The values of a partition column under which the table's folder holds files, live or not. */
    List<String> partitions(String layer, String table, String column) {
        Path folder = new Path(path(layer, table));
        String start = column + "=";
        List<String> values = new ArrayList<>();
        try {
            FileSystem files = files(folder);
            if (!files.exists(folder)) {
                return values;
            }
            for (FileStatus one : files.listStatus(folder)) {
                String name = one.getPath().getName();
                if (name.startsWith(start) && files.listStatus(one.getPath()).length > 0) {
                    values.add(name.substring(start.length()));
                }
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        return values;
    }

    void delete(String layer, String table, Column rows) {
        DeltaTable.forPath(spark, path(layer, table)).delete(rows);
    }

    /** Deletes the files that only older versions of the table name: one writer at a time, and nobody reads an older version. */
    void vacuum(String layer, String table) {
        spark.conf().set(RETENTION_CHECK, "false");
        try {
            DeltaTable.forPath(spark, path(layer, table)).vacuum(0);
        } finally {
            spark.conf().unset(RETENTION_CHECK);
        }
    }

    /** What the table was made from, or an empty text when it is not known to be whole. */
    String mark(String layer, String table) {
        Path file = new Path(path(layer, table) + ".fait");
        try {
            FileSystem files = files(file);
            if (!files.exists(file)) {
                return "";
            }
            try (var stream = files.open(file)) {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    void mark(String layer, String table, String made) {
        Path file = new Path(path(layer, table) + ".fait");
        try (var stream = files(file).create(file, true)) {
            stream.write(made.getBytes(StandardCharsets.UTF_8));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    void unmark(String layer, String table) {
        Path file = new Path(path(layer, table) + ".fait");
        try {
            files(file).delete(file, false);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private boolean exists(String path) {
        try {
            return files(new Path(path)).exists(new Path(path));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private FileSystem files(Path path) throws IOException {
        return path.getFileSystem(spark.sparkContext().hadoopConfiguration());
    }
}
