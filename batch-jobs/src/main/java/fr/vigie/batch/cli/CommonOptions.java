package fr.vigie.batch.cli;

import fr.vigie.batch.Failure;
import fr.vigie.batch.cli.Output.Format;
import fr.vigie.batch.instance.Confidentiality;
import fr.vigie.batch.instance.Confidentiality.Tightening;
import fr.vigie.batch.instance.Database;
import fr.vigie.batch.instance.EmbeddedPostgres;
import fr.vigie.batch.instance.InstanceHome;
import fr.vigie.dashboards.FrenchFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every command knows (contrat.md 1). */
final class CommonOptions {

    /** The remedy to what this account cannot close. */
    static final String STILL_OPEN = "relancez sous le compte qui l’a créé, ou choisissez un autre dossier avec --home";

    private static final int NAMED = 4;

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
        // Whoever may not look inside would take what is there for nothing: no server to stop, nothing left open.
        Path root = home().root();
        if (databaseUrl().isEmpty()
                && Files.isDirectory(root)
                && !(Files.isReadable(root) && Files.isExecutable(root))) {
            throw Failure.of("L’instance " + root
                    + " est fermée à ce compte\u202f: lancez la commande avec celui à qui elle appartient.");
        }
    }

    /** An earlier version left an instance open to whoever has an account on the machine: whatever the command, it is closed, and said. */
    void closeHome() {
        Tightening closing = new Confidentiality(home()).close();
        if (closing.closed() > 0) {
            System.err.println("L’instance " + home().root()
                    + " était ouverte aux autres comptes de cette machine\u202f: elle est maintenant fermée ("
                    + FrenchFormat.plural(closing.closed(), "fichier ou dossier", "fichiers et dossiers") + ").");
        }
        if (!closing.refused().isEmpty()) {
            System.err.println("Reste ouvert aux autres comptes de cette machine\u202f: " + few(closing.refused())
                    + ". Cela appartient à un autre compte, ou ce disque ne garde pas les droits\u202f: " + STILL_OPEN
                    + ".");
        }
    }

    /** The first of them by name. */
    static String few(List<?> all) {
        String named = all.stream().limit(NAMED).map(Object::toString).collect(Collectors.joining(", "));
        return all.size() <= NAMED ? named : named + " et " + FrenchFormat.integer(all.size() - NAMED) + " de plus";
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
