package fr.vigie.pipelines;

import fr.vigie.schema.Resources;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The SELECTs of the pipelines, one per file of {@code sql/}. */
final class Sql {

    private Sql() {}

    /** The rows of {@code sql/<name>.sql}, its named parameters bound. */
    static Dataset<Row> select(SparkSession spark, String name, Map<String, Object> parameters) {
        return spark.sql(Resources.text("sql/" + name + ".sql"), parameters);
    }

    /**
     * The same, for a query that is asked of feeds whose columns differ.
     *
     * @param words what stands in braces in the file: lists of columns, taken from a contract
     */
    static Dataset<Row> selectOf(SparkSession spark, String name, Map<String, String> words) {
        return spark.sql(Resources.text("sql/" + name + ".sql", words));
    }

    /** Declares the functions that the SELECTs call. */
    static void declareFunctions(SparkSession spark) {
        for (String statement : Resources.text("sql/functions.sql").split("\n;\n")) {
            spark.sql(statement);
        }
        Chains.declare(spark);
    }
}
