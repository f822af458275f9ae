package fr.vigie.batch.cli;

import fr.vigie.batch.Failure;
import fr.vigie.batch.cli.Output.Format;
import fr.vigie.batch.instance.Database;
import fr.vigie.batch.instance.EmbeddedPostgres;
import fr.vigie.batch.instance.InstanceHome;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every command knows (contract.md 1). */
final class CommonOptions {

    @Option(
            names = "--home",
            paramLabel = "DOSSIER",
            description = "dossier de l’instance (défaut : VIGIE_HOME, sinon ./.vigie)")
    private @Nullable Path home;

    @Option(
            names = "--database",
            paramLabel = "URL",
            description = "adresse JDBC de PostgreSQL (défaut : VIGIE_DATABASE_URL, sinon le serveur embarqué)")
    private @Nullable String database;

    @Option(names = "--debug", description = "montre la trace d’une erreur")
    private boolean debug;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "cette aide")
    private boolean help;

    InstanceHome home() {
        String fromEnvironment = System.getenv("VIGIE_HOME");
        Path chosen = home != null
                ? home
                : fromEnvironment != null && !fromEnvironment.isBlank() ? Path.of(fromEnvironment) : Path.of(".vigie");
        return new InstanceHome(chosen);
    }

    Optional<String> databaseUrl() {
        return Optional.ofNullable(database != null ? database : System.getenv("VIGIE_DATABASE_URL"))
                .filter(url -> !url.isBlank());
    }

    /** What is wrong in these options, whatever the command: said before anything is opened. */
    void check() {
        databaseUrl().filter(url -> !url.startsWith("jdbc:postgresql:")).ifPresent(url -> {
            throw Failure.usage("Adresse de base de données illisible\u202f: écrivez"
                    + " jdbc:postgresql://SERVEUR:PORT/BASE (option --database ou variable VIGIE_DATABASE_URL).");
        });
    }

    /**
     * Whether there is a database to ask. Where nothing was ever written a reading command answers that there is nothing, at once: it makes no
     * server for that, least of all in a folder whose name was mistyped.
     */
    boolean hasDatabase() {
        if (databaseUrl().isPresent() || new EmbeddedPostgres(home()).isInitialised()) {
            return true;
        }
        home().checkUsable();
        return false;
    }

    /** For a command that reads. */
    Database openToRead() {
        home().create();
        Database opened = Database.open(home(), databaseUrl());
        opened.migrateIfBehind();
        return opened;
    }

    /** For a command that writes. */
    Database open() {
        home().create();
        Database opened = Database.open(home(), databaseUrl());
        opened.migrate();
        return opened;
    }

    static Format format(@Nullable Format asked) {
        return asked != null ? asked : "1".equals(System.getenv("VIGIE_TERMINAL_OUT")) ? Format.table : Format.csv;
    }
}
