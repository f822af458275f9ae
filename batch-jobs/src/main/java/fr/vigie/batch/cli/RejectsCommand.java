package fr.vigie.batch.cli;

import fr.vigie.batch.cli.Output.Format;
import fr.vigie.schema.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vigie rejects}: rejected lines and warnings, refused files included. */
@Command(name = "rejects", description = "les lignes rejetées et les avertissements")
final class RejectsCommand implements Callable<Integer> {

    @Parameters(arity = "0..1", paramLabel = "FICHIER", description = "un seul fichier")
    private @Nullable String file;

    @Option(names = "--format", paramLabel = "table|csv|json", description = "présentation")
    private @Nullable Format format;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Override
    public Integer call() {
        Output.print(
                new Output.Rows(
                        List.of("fichier", "flux", "ligne", "colonne", "niveau", "code", "message", "valeur"),
                        common.hasDatabase() ? rejects() : List.of()),
                CommonOptions.format(format),
                System.out);
        return 0;
    }

    private List<List<@Nullable Object>> rejects() {
        return common.openToRead()
                .reader()
                .sql(Resources.text("sql/lecture/rejets.sql"))
                .param("file", file)
                .query((row, index) -> {
                    List<@Nullable Object> cells = new ArrayList<>();
                    cells.add(row.getString(1));
                    cells.add(row.getString(2));
                    cells.add(row.getLong(3));
                    for (int column = 4; column <= 8; column++) {
                        cells.add(row.getString(column));
                    }
                    return cells;
                })
                .list();
    }
}
