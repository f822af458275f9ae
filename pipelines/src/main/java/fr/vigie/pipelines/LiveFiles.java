package fr.vigie.pipelines;

import io.delta.kernel.Scan;
import io.delta.kernel.Snapshot;
import io.delta.kernel.Table;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.types.DataTypeJsonSerDe;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.execution.datasources.FileIndex;
import org.apache.spark.sql.execution.datasources.PartitionDirectory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The files that the last version of a Delta table names, as its log says (Delta protocol, « Action Reconciliation »): where Spark finds the rows
 * without asking the log by a query for each plan that names the table.
 */
final class LiveFiles implements FileIndex {

    /** Version of readers to which files and rows of a table are the same thing (Delta protocol, « Reader Version Requirements »). */
    private static final int PLAIN = 1;

    private final Path table;
    private final StructType columns;
    private final FileStatus[] files;

    private LiveFiles(Path table, StructType columns, List<FileStatus> files) {
        this.table = table;
        this.columns = columns;
        this.files = files.toArray(FileStatus[]::new);
    }

    /** The last version of a table, as Delta Kernel reads it in this process. */
    static Snapshot last(Configuration hadoop, String table) {
        Engine engine = DefaultEngine.create(hadoop);
        return Table.forPath(engine, table).getLatestSnapshot(engine);
    }

    /** Those of the last version. */
    static LiveFiles of(Configuration hadoop, String table) throws IOException {
        Engine engine = DefaultEngine.create(hadoop);
        Snapshot last = last(hadoop, table);
        // Read as plain files, rows deleted by a vector would come back, and renamed columns would be empty.
        int readers = last.getProtocol().getMinReaderVersion();
        if (readers > PLAIN) {
            throw new IllegalStateException(table + " asks for readers of version " + readers);
        }
        StructType columns = (StructType) DataType.fromJson(DataTypeJsonSerDe.serializeDataType(last.getSchema()));
        List<FileStatus> files = new ArrayList<>();
        Scan scan = last.getScanBuilder().build();
        try (CloseableIterator<FilteredColumnarBatch> batches = scan.getScanFiles(engine)) {
            while (batches.hasNext()) {
                try (CloseableIterator<Row> rows = batches.next().getRows()) {
                    while (rows.hasNext()) {
                        files.add(file(rows.next(), table));
                    }
                }
            }
        }
        return new LiveFiles(new Path(table), columns, files);
    }

    private static FileStatus file(Row named, String table) {
        if (!InternalScanFileUtils.getPartitionValues(named).isEmpty()) {
            throw new IllegalStateException(table + " has partitions");
        }
        io.delta.kernel.utils.FileStatus file = InternalScanFileUtils.getAddFileStatus(named);
        return new FileStatus(file.getSize(), false, 0, 1, file.getModificationTime(), new Path(file.getPath()));
    }

    /** Of the table. */
    StructType columns() {
        return columns;
    }

    @Override
    public Seq<Path> rootPaths() {
        return sequence(table);
    }

    /** All of them: without partitions there is nothing to choose by. */
    @Override
    public Seq<PartitionDirectory> listFiles(Seq<Expression> partitionFilters, Seq<Expression> dataFilters) {
        return sequence(PartitionDirectory.apply(InternalRow.empty(), files));
    }

    @Override
    public String[] inputFiles() {
        return Arrays.stream(files).map(file -> file.getPath().toString()).toArray(String[]::new);
    }

    /** One version is read, whatever is written meanwhile. */
    @Override
    public void refresh() {}

    @Override
    public long sizeInBytes() {
        return Arrays.stream(files).mapToLong(FileStatus::getLen).sum();
    }

    @Override
    public StructType partitionSchema() {
        return new StructType();
    }

    /** Files never change: the same names are the same rows, which a plan that names them twice may read once. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LiveFiles live && Arrays.equals(files, live.files);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(files);
    }

    private static <T> Seq<T> sequence(T one) {
        return CollectionConverters.asScala(List.of(one)).toSeq();
    }
}
