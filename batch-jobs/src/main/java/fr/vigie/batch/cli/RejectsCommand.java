package fr.vigie.batch.cli;

import fr.vigie.batch.cli.Output.Format;
import fr.vigie.schema.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vigie rejects}: rejected lines and warnings, refused files included. */
@Command(name = "rejects", description = "les lignes rejetées et les avertissements")
final class RejectsCommand implements Callable<Integer> {

    private static final int ROWS_AT_ONCE = 10_000;

    @Parameters(arity = "0..1", paramLabel = "FICHIER", description = "un seul fichier")
    private @Nullable String file;

    @Option(names = "--format", paramLabel = "table|csv|json", description = "présentation")
    private @Nullable Format format;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Override
    public Integer call() {
        Optional<JdbcClient> ledger =
                common.hasDatabase() ? Optional.of(common.openToRead().snapshot()) : Optional.empty();
        Output.Printer printer = Output.printer(
                List.of("fichier", "flux", "ligne", "colonne", "niveau", "code", "message", "valeur"),
                CommonOptions.format(format),
                System.out);
        ledger.ifPresent(jdbc -> read(jdbc, printer));
        printer.close();
        return 0;
    }

    /** Row by row: what years have rejected can have more rows than memory. */
    private void read(JdbcClient ledger, Output.Printer printer) {
        ledger.sql(Resources.text("sql/consultation/rejets.sql"))
                .param("file", file)
                .withFetchSize(ROWS_AT_ONCE)
                .query(row -> {
                    List<@Nullable Object> cells = new ArrayList<>();
                    cells.add(row.getString(1));
                    cells.add(row.getString(2));
                    cells.add(row.getLong(3));
                    for (int column = 4; column <= 8; column++) {
                        cells.add(row.getString(column));
                    }
                    printer.add(cells);
                });
    }
}
