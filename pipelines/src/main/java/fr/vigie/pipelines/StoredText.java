package fr.vigie.pipelines;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.expr;

import fr.vigie.schema.ColumnType;
import fr.vigie.schema.FeedColumn;
import fr.vigie.schema.FeedContract;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Whether what bronze keeps as text, checked at the door by the contract of its day, can be read by the contract of today. */
final class StoredText {

    private StoredText() {}

    /** Before silver is made by another program than last time: a value that no longer reads would be lost in silence, or end the run telling it. */
    static void check(FeedContract contract, Dataset<Row> lines) {
        List<FeedColumn> typed = contract.columns().stream()
                .filter(column -> !column.type().silverType().equalsIgnoreCase("string")
                        && column.type() != ColumnType.CODES
                        && column.type() != ColumnType.INTEGERS)
                .toList();
        if (typed.isEmpty()) {
            return;
        }
        List<Column> unreadable = new ArrayList<>();
        for (FeedColumn column : typed) {
            unreadable.add(count_if(col(column.name())
                            .isNotNull()
                            .and(expr("try_cast(" + column.name() + " AS "
                                            + column.type().silverType() + ")")
                                    .isNull()))
                    .as(column.name()));
        }
        Row counts = lines.agg(
                        unreadable.get(0),
                        unreadable.subList(1, unreadable.size()).toArray(Column[]::new))
                .first();
        for (FeedColumn column : typed) {
            long lost = counts.getAs(column.name());
            if (lost > 0) {
                throw new Unreadable("La colonne «\u00a0" + column.name() + "\u00a0» du flux «\u00a0" + contract.feed()
                        + "\u00a0» a changé de nature dans cette version de Vigie, et " + lost
                        + " valeurs déjà reçues ne s’y lisent plus. Rien n’est perdu ni changé\u202f: revenez à la version précédente,"
                        + " et signalez-le\u202f; une colonne nouvelle aurait dû être ajoutée.");
            }
        }
    }
}
