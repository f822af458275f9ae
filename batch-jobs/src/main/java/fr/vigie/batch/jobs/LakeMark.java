package fr.vigie.batch.jobs;

import fr.vigie.batch.Failure;
import fr.vigie.batch.instance.InstanceHome;
import fr.vigie.batch.registre.Ledger;
import fr.vigie.schema.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The number of the last run that this lake has seen. A lake may be ahead of its ledger, which the next run sets right; behind it, restored from an
 * older copy than the database, it lacks lines that the ledger counts, and numbers would be low without a word.
 */
public final class LakeMark {

    private static final String NAME = "_derniere-execution";

    /** Where lines are once one was received. */
    private static final String LINES = "bronze";

    private final Path lake;

    public LakeMark(InstanceHome home) {
        this.lake = home.lake();
    }

    /** Before the ledger says that this run has happened. */
    void write(long run) {
        try {
            Path fresh = Files.writeString(lake.resolve("." + NAME), run + "\n");
            Files.move(fresh, lake.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /**
     * Whether the lake has seen every run that this ledger knows. One that no run has marked was there before marks were, or is not there: it then
     * holds nothing, whatever the ledger counts.
     */
    public boolean goesWith(JdbcClient ledger) {
        OptionalLong seen = read();
        if (seen.isEmpty()) {
            return Files.isDirectory(lake.resolve(LINES))
                    || new Ledger(ledger).counting().isEmpty();
        }
        return lastRun(ledger).filter(known -> known > seen.getAsLong()).isEmpty();
    }

    /** Whether the last run that this ledger knows is the last one that the lake has seen: a lake ahead of its ledger is to be set right. */
    boolean isOfLastRun(JdbcClient ledger) {
        OptionalLong seen = read();
        return seen.isPresent()
                && lastRun(ledger).filter(known -> known == seen.getAsLong()).isPresent();
    }

    private static Optional<Long> lastRun(JdbcClient ledger) {
        return ledger.sql(Resources.text("sql/registre/derniere_execution.sql"))
                .query(Long.class)
                .optional();
    }

    void check(JdbcClient ledger) {
        if (!goesWith(ledger)) {
            throw Failure.of(
                    "Le lac est plus ancien que la base\u202f: il lui manque des lignes que le registre compte (" + lake
                            + "). Vérifiez --home et --database\u202f; si ce sont les bons, restaurez des copies faites ensemble,"
                            + " ou la base avant le lac (docs/operations.md).");
        }
    }

    private OptionalLong read() {
        try {
            String text = Files.readString(lake.resolve(NAME)).strip();
            return text.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
        } catch (IOException absent) {
            return OptionalLong.empty();
        }
    }
}
