package fr.vigie.batch.cli;

import fr.vigie.batch.Failure;
import fr.vigie.batch.instance.Database;
import fr.vigie.batch.instance.EmbeddedPostgres;
import fr.vigie.batch.instance.SecretFile;
import fr.vigie.batch.publication.StopDates;
import fr.vigie.batch.superset.AnswerableTerritories;
import fr.vigie.batch.superset.Reader;
import fr.vigie.batch.superset.SupersetAccess;
import fr.vigie.batch.superset.SupersetServer;
import fr.vigie.schema.AccessAccount;
import fr.vigie.schema.AccessPolicy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vigie superset}: the dashboards, in an Apache Superset of the instance or in an existing one. */
@Command(
        name = "superset",
        description = "les tableaux de bord : install, start, status, import, account, accounts, stop",
        subcommands = {
            SupersetCommand.Install.class,
            SupersetCommand.Start.class,
            SupersetCommand.Status.class,
            SupersetCommand.Import.class,
            SupersetCommand.Account.class,
            SupersetCommand.Accounts.class,
            SupersetCommand.Stop.class
        })
final class SupersetCommand implements Callable<Integer> {

    /** The reader that a first start creates, so that somebody may look. */
    private static final String FIRST_READER = "lecteur";

    private static final DateTimeFormatter FRENCH = DateTimeFormatter.ofPattern("dd/MM/yyyy");

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Override
    public Integer call() {
        throw Failure.usage(
                "Dites quoi faire de Superset\u202f: vigie superset install, start, status, import, account, accounts ou stop.");
    }

    /** The rights and the dashboards; what an embedded server has beside the database of Vigie is closed as well. */
    private static void importAll(CommonOptions common, SupersetAccess access) {
        sayOpen(access.importAll());
        if (common.databaseUrl().isEmpty()) {
            new EmbeddedPostgres(common.home()).closeOtherDatabases();
        }
    }

    /** What only a superuser of PostgreSQL can close, on a server where the account of Vigie is none. */
    private static void sayOpen(List<String> open) {
        if (!open.isEmpty()) {
            System.err.println("Attention : les comptes de lecture peuvent encore se servir de " + open.size()
                    + " fonctions ou catalogues de PostgreSQL que la politique ferme (" + open.get(0)
                    + "…). Un superutilisateur du serveur applique une fois warehouse-schema/policy/acces.sql dans la base de Vigie ;"
                    + " d’ici là, n’ouvrez aucun compte.");
        }
    }

    /** Where Superset is, and who administers it. */
    private record SignIn(URI address, String user, String password) {}

    private static String environment(String name) {
        String value = System.getenv(name);
        if (value == null || value.isBlank()) {
            throw Failure.usage(
                    "Pour un Superset existant, donnez son compte d’administration par VIGIE_SUPERSET_USER et"
                            + " VIGIE_SUPERSET_PASSWORD.");
        }
        return value;
    }

    private static URI address(String text) {
        if (!text.matches("https?://\\S+")) {
            throw Failure.usage("Adresse illisible\u202f: «\u00a0" + text
                    + "\u00a0». Écrivez par exemple --url https://superset.exemple.fr.");
        }
        return URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    }

    /**
     * The instance's own Superset is administered with a password that lives as long as the command: nobody has to keep it for us, and none is
     * stored.
     */
    private static SignIn signIn(CommonOptions common, @Nullable String url) {
        if (url != null) {
            return new SignIn(address(url), environment("VIGIE_SUPERSET_USER"), environment("VIGIE_SUPERSET_PASSWORD"));
        }
        SupersetServer server = new SupersetServer(common.home());
        URI running = server.address()
                .orElseThrow(
                        () -> Failure.of("Superset ne tourne pas\u202f: lancez «\u00a0vigie superset start\u00a0»."));
        String password = SecretFile.drawn(24);
        server.serviceAccount(password);
        return new SignIn(running, SupersetServer.SERVICE, password);
    }

    @Command(name = "install", description = "installe Superset et ses paquets dans l’instance")
    static final class Install implements Callable<Integer> {

        @Mixin
        private CommonOptions common = new CommonOptions();

        @Override
        public Integer call() {
            common.home().create();
            SupersetServer server = new SupersetServer(common.home());
            boolean isNew = !server.isInstalled();
            long seconds = server.install(System.err::println);
            System.err.println("Superset " + SupersetServer.VERSION + (isNew ? " est installé" : " est à jour")
                    + " dans " + server.folder() + " (" + seconds + " s). Ensuite\u00a0: vigie superset start");
            return 0;
        }
    }

    @Command(name = "start", description = "démarre Superset, y importe les tableaux de bord, donne l’adresse")
    static final class Start implements Callable<Integer> {

        @Mixin
        private CommonOptions common = new CommonOptions();

        @Override
        public Integer call() throws IOException {
            SupersetServer server = new SupersetServer(common.home());
            Database database = common.open();
            server.writeAddress(database);
            URI address = server.start();
            Path imported = server.folder().resolve("importe");
            SignIn signIn = signIn(common, null);
            SupersetAccess access =
                    new SupersetAccess(database, common.home(), signIn.address(), signIn.user(), signIn.password());
            List<String> accounts = new ArrayList<>();
            boolean isFirst = !Files.exists(imported);
            if (isFirst || !Files.readString(imported).strip().equals(access.print())) {
                importAll(common, access);
                if (isFirst) {
                    String administrator = SecretFile.drawn(12);
                    server.administrator(administrator);
                    String reader =
                            access.account(FIRST_READER, AccessAccount.everywhere(role("ars")), Optional.empty());
                    accounts.add("  lecture (ARS)\u00a0: " + FIRST_READER + " / " + reader);
                    accounts.add("  administration technique, qui ne lit aucune valeur\u00a0: " + SupersetServer.ADMIN
                            + " / " + administrator);
                }
                Files.writeString(imported, access.print() + "\n");
            }
            System.out.println(address + "/dashboard/list/");
            if (!accounts.isEmpty()) {
                System.err.println("Comptes créés, montrés une seule fois\u202f:");
                accounts.forEach(System.err::println);
                System.err.println(
                        "Un compte de plus\u00a0: vigie superset account NOM --role dac --territory DEPARTEMENT:34");
            }
            return 0;
        }
    }

    @Command(name = "status", description = "dit si Superset tourne, et où")
    static final class Status implements Callable<Integer> {

        @Mixin
        private CommonOptions common = new CommonOptions();

        @Override
        public Integer call() {
            SupersetServer server = new SupersetServer(common.home());
            Optional<URI> address = server.address();
            System.out.println(address.map(where -> "EN_MARCHE;" + where)
                    .orElse(server.isInstalled() ? "ARRETE;" + server.folder() : "NON_INSTALLE;" + server.folder()));
            return 0;
        }
    }

    @Command(name = "import", description = "importe les tableaux de bord, les rôles et les règles de lignes")
    static final class Import implements Callable<Integer> {

        @Option(
                names = "--url",
                paramLabel = "URL",
                description = "un Superset existant, au lieu de celui de l’instance")
        private @Nullable String url;

        @Mixin
        private CommonOptions common = new CommonOptions();

        @Override
        public Integer call() throws IOException {
            if (url != null) {
                address(url);
            }
            Database database = common.open();
            SignIn signIn = signIn(common, url);
            if (url == null) {
                new SupersetServer(common.home()).writeAddress(database);
            }
            long start = System.nanoTime();
            SupersetAccess access =
                    new SupersetAccess(database, common.home(), signIn.address(), signIn.user(), signIn.password());
            importAll(common, access);
            if (url == null) {
                Files.writeString(new SupersetServer(common.home()).folder().resolve("importe"), access.print() + "\n");
            }
            System.err.println("Tableaux de bord, rôles et règles importés dans " + signIn.address() + " ("
                    + (System.nanoTime() - start) / 1_000_000 + " ms).");
            return 0;
        }
    }

    @Command(
            name = "account",
            description =
                    "crée un compte de lecture, change ses droits, son mot de passe ou son dernier jour, ou le retire")
    static final class Account implements Callable<Integer> {

        private static final String NEVER = "aucun";

        @Parameters(arity = "1", paramLabel = "NOM", description = "nom du compte")
        private String name = "";

        @Option(
                names = "--role",
                paramLabel = "ROLE",
                description =
                        "crée le compte, ou lui donne ce rôle : dac, ars, facs, cpts, cpam, etablissement, public")
        private @Nullable String role;

        @Option(
                names = "--territory",
                paramLabel = "TYPE:CODE",
                description = "le territoire dont il répond ; FINESS d’un établissement")
        private @Nullable String territory;

        @Option(names = "--until", paramLabel = "JOUR", description = "son dernier jour, ou « aucun »")
        private @Nullable String until;

        @Option(names = "--new-password", description = "lui donne un autre mot de passe")
        private boolean isNewPassword;

        @Option(names = "--remove", description = "le retire")
        private boolean isRemoval;

        @Option(
                names = "--url",
                paramLabel = "URL",
                description = "un Superset existant, au lieu de celui de l’instance")
        private @Nullable String url;

        @Mixin
        private CommonOptions common = new CommonOptions();

        @Override
        public Integer call() {
            check();
            Optional<AccessAccount> account = Optional.ofNullable(role).map(code -> account(role(code), territory));
            Optional<LocalDate> lastDay = Optional.ofNullable(until)
                    .filter(text -> !text.equals(NEVER))
                    .map(Words::day);
            if (account.isPresent()
                    && lastDay.filter(day -> day.isBefore(LocalDate.now(StopDates.PARIS)))
                            .isPresent()) {
                throw Failure.usage(
                        "Ce dernier jour est déjà passé\u202f: donnez un jour à venir, ou retirez --until.");
            }
            Database database = common.open();
            account.ifPresent(one -> new AnswerableTerritories(database).check(one));
            SignIn signIn = signIn(common, url);
            SupersetAccess access =
                    new SupersetAccess(database, common.home(), signIn.address(), signIn.user(), signIn.password());
            if (isRemoval) {
                access.remove(name);
                System.err.println("Compte retiré : " + name + ". Ses sessions ouvertes sont closes.");
            } else if (account.isPresent()) {
                boolean isKnown = SupersetAccess.readers(database).stream()
                        .anyMatch(one -> one.name().equalsIgnoreCase(name));
                String password = access.account(name, account.get(), lastDay);
                System.err.println(
                        isKnown
                                ? "Ce compte existait\u202f: ses droits, son dernier jour et son mot de passe sont remplacés."
                                : "Compte créé.");
                show(password);
            } else if (isNewPassword) {
                show(access.newPassword(name));
            } else {
                access.until(name, lastDay);
                System.err.println(lastDay.map(day -> "Dernier jour de " + name + " : " + FRENCH.format(day) + ".")
                        .orElse(name + " n’a plus de dernier jour."));
            }
            return 0;
        }

        private void show(String password) {
            System.err.println("Mot de passe montré une seule fois :");
            System.out.println(name + " / " + password);
        }

        private void check() {
            if (!name.matches("[A-Za-z0-9._-]{2,60}")
                    || name.equalsIgnoreCase(SupersetServer.ADMIN)
                    || name.equalsIgnoreCase(SupersetServer.SERVICE)) {
                throw Failure.usage(
                        "Nom de compte illisible ou réservé : « " + name + " ». Lettres, chiffres, point, tiret.");
            }
            boolean isOther = until != null && role == null;
            if ((role != null ? 1 : 0) + (isNewPassword ? 1 : 0) + (isRemoval ? 1 : 0) + (isOther ? 1 : 0) != 1) {
                throw Failure.usage(
                        "Dites une chose à faire de ce compte : --role ROLE [--territory TYPE:CODE] [--until JOUR],"
                                + " --until JOUR, --new-password ou --remove.");
            }
            if (territory != null && role == null) {
                throw Failure.usage("--territory va avec --role : dites aussi le rôle du compte.");
            }
        }
    }

    @Command(name = "accounts", description = "liste les comptes de lecture")
    static final class Accounts implements Callable<Integer> {

        @Option(names = "--format", paramLabel = "table|csv|json", description = "présentation")
        private Output.@Nullable Format format;

        @Mixin
        private CommonOptions common = new CommonOptions();

        @Override
        public Integer call() {
            List<List<@Nullable Object>> rows = new ArrayList<>();
            if (common.hasDatabase()) {
                LocalDate today = LocalDate.now(StopDates.PARIS);
                for (Reader reader : SupersetAccess.readers(common.openToRead())) {
                    List<@Nullable Object> row = new ArrayList<>();
                    row.add(reader.name());
                    row.add(reader.account().role().code());
                    row.add(
                            reader.account().territoryCode().equals("*")
                                    ? ""
                                    : reader.account().territoryType() + ":"
                                            + reader.account().territoryCode());
                    row.add(reader.until().map(LocalDate::toString).orElse(""));
                    row.add(reader.until().filter(today::isAfter).isPresent() ? "TERMINE" : "OUVERT");
                    rows.add(row);
                }
            }
            Output.print(
                    new Output.Rows(List.of("compte", "role", "territoire", "dernier_jour", "etat"), rows),
                    CommonOptions.format(format),
                    System.out);
            return 0;
        }
    }

    static AccessPolicy.Role role(String code) {
        AccessPolicy policy = AccessPolicy.read();
        AccessPolicy.Role role = policy.roles().get(code);
        if (role == null) {
            throw Failure.usage("Rôle inconnu\u202f: «\u00a0" + code + "\u00a0». Connus\u00a0: "
                    + String.join(", ", policy.roles().keySet()) + ".");
        }
        return role;
    }

    static AccessAccount account(AccessPolicy.Role role, @Nullable String territory) {
        if (role.isEverywhere()) {
            if (territory != null) {
                throw Failure.usage("Le rôle " + role.code() + " lit tous les territoires\u202f: retirez --territory.");
            }
            return AccessAccount.everywhere(role);
        }
        String prefix = role.scope() + ":";
        if (territory == null
                || !territory.startsWith(prefix)
                || !territory.substring(prefix.length()).matches("[0-9A-Za-z_.-]+")) {
            throw Failure.usage(
                    "Le rôle " + role.code() + " répond d’un territoire\u202f: donnez --territory " + prefix + "CODE.");
        }
        return new AccessAccount(role, role.scope(), territory.substring(prefix.length()));
    }

    @Command(name = "stop", description = "arrête Superset")
    static final class Stop implements Callable<Integer> {

        @Mixin
        private CommonOptions common = new CommonOptions();

        @Override
        public Integer call() {
            System.err.println(
                    new SupersetServer(common.home()).stop() ? "Superset est arrêté." : "Superset ne tournait pas.");
            return 0;
        }
    }
}
