package fr.vigie.pipelines;

import io.delta.kernel.Snapshot;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import scala.Option;

/** The Delta tables of one instance, by layer and name, and the small marks that say what a table was made from. */
final class Lake {

    /** Bytes from which a file is left alone. */
    static final long FULL_FILE = 32L << 20;

    private static final String SMALLEST_FILE = "spark.databricks.delta.optimize.minFileSize";
    private static final String LARGEST_FILE = "spark.databricks.delta.optimize.maxFileSize";

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

    /**
     * The last version of a table, read as the files that it names. A plan that names a Delta table asks its log by a query each time: a fifth of
     * what a small run cost (decision 0043).
     */
    Dataset<Row> read(String layer, String table) {
        LiveFiles live;
        try {
            live = LiveFiles.of(spark.sparkContext().hadoopConfiguration(), path(layer, table));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        Dataset<Row> rows = spark.baseRelationToDataFrame(new HadoopFsRelation(
                live,
                live.partitionSchema(),
                live.columns(),
                Option.empty(),
                new ParquetFileFormat(),
                scala.collection.immutable.Map$.MODULE$.<String, String>empty(),
                spark));
        // What lies in one partition is joined, grouped and ranked where it is: each exchange would be a stage more.
        return Session.isLean(spark) ? rows.coalesce(1) : rows;
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

    /**
     * Writes a table in the place of the former one, of which nothing stays: neither its columns nor its files. Making it anew costs Delta half of
     * what an overwrite does, which first works out what it replaces; a run killed in between leaves none, and the next one makes it again.
     */
    void replace(String layer, String table, Dataset<Row> rows) {
        drop(layer, table);
        rows.write()
                .format("delta")
                .option("delta.dataSkippingNumIndexedCols", "0")
                .save(path(layer, table));
    }

    /** One version of the table, the files of which were not swept. */
    Dataset<Row> read(String layer, String table, long version) {
        return spark.read().format("delta").option("versionAsOf", version).load(path(layer, table));
    }

    long version(String layer, String table) {
        return last(layer, table).getVersion();
    }

    void restore(String layer, String table, long version) {
        DeltaTable.forPath(spark, path(layer, table)).restoreToVersion(version);
    }

    boolean hasPartitions(String layer, String table) {
        return holds(layer, table)
                && !last(layer, table).getPartitionColumnNames().isEmpty();
    }

    private Snapshot last(String layer, String table) {
        return LiveFiles.last(spark.sparkContext().hadoopConfiguration(), path(layer, table));
    }

    /** Bytes of the files that the table's last version names. */
    long bytes(String layer, String table) {
        return detail(layer, table).getAs("sizeInBytes");
    }

    private Row detail(String layer, String table) {
        return DeltaTable.forPath(spark, path(layer, table)).detail().first();
    }

    void delete(String layer, String table, Column rows) {
        DeltaTable.forPath(spark, path(layer, table)).delete(rows);
    }

    /** Puts small files together once there are many; says whether it did. Files that are full stay as they are. */
    boolean compact(String layer, String table, int many) {
        if (isOfFewFiles(layer, table, many)) {
            return false;
        }
        Row detail = detail(layer, table);
        long files = detail.getAs("numFiles");
        long bytes = detail.getAs("sizeInBytes");
        if (files - bytes / FULL_FILE < many) {
            return false;
        }
        spark.conf().set(SMALLEST_FILE, String.valueOf(FULL_FILE));
        spark.conf().set(LARGEST_FILE, String.valueOf(FULL_FILE * 4));
        try {
            DeltaTable.forPath(spark, path(layer, table)).optimize().executeCompaction();
        } finally {
            spark.conf().unset(SMALLEST_FILE);
            spark.conf().unset(LARGEST_FILE);
        }
        return true;
    }

    /** By what the folder lists, which is at least what the last version names: asking Delta costs a query. */
    private boolean isOfFewFiles(String layer, String table, int many) {
        Path folder = new Path(path(layer, table));
        try {
            return files(folder).listStatus(folder).length < many;
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** Deletes the files that the table's last version does not name: one writer at a time, and nobody reads an older version. */
    void sweep(String layer, String table) {
        Set<String> live = Arrays.stream(read(layer, table).inputFiles())
                .map(file -> file.substring(file.lastIndexOf('/') + 1))
                .collect(Collectors.toSet());
        Path folder = new Path(path(layer, table));
        try {
            sweep(files(folder), folder, live);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** Whether nothing is left in the folder. */
    private static boolean sweep(FileSystem files, Path folder, Set<String> live) throws IOException {
        boolean isEmpty = true;
        for (FileStatus one : files.listStatus(folder)) {
            String name = one.getPath().getName();
            boolean isKept = one.isDirectory()
                    ? name.equals("_delta_log") || !sweep(files, one.getPath(), live)
                    : live.contains(name);
            if (!isKept) {
                files.delete(one.getPath(), false);
            }
            isEmpty &= !isKept;
        }
        return isEmpty;
    }

    void drop(String layer, String table) {
        drop(new Path(path(layer, table)));
    }

    /** A layer with all its tables. */
    void drop(String layer) {
        drop(new Path(root + "/" + layer));
    }

    private void drop(Path folder) {
        try {
            files(folder).delete(folder, true);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** What the table was made from, or an empty text when it is not known to be whole. */
    String mark(String layer, String table) {
        return text(path(layer, table) + ".fait");
    }

    void mark(String layer, String table, String made) {
        write(path(layer, table) + ".fait", made);
    }

    /** The text of a small file, empty when there is none. */
    String text(String path) {
        Path file = new Path(path);
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

    void write(String path, String text) {
        Path file = new Path(path);
        try (var stream = files(file).create(file, true)) {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
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
