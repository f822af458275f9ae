package fr.vigie.batch.instance;

import fr.vigie.batch.Failure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * A real PostgreSQL kept in the instance home: started, detached, by the first command that needs it, and left running for the others until
 * {@code vigie stop}. Durable (fsync) and with passwords (scram), because roles and row-level security must mean something.
 */
public final class EmbeddedPostgres {

    private static final String VERSION = "18.6.0";
    private static final String ARCHIVE = "postgres-linux-x86_64.txz";
    static final String USER = "vigie";
    private static final String DATABASE = "vigie";
    private static final int ATTEMPTS = 3;
    private static final String CLUSTER = "donnees";
    private static final String FRESH_CLUSTER = "donnees-nouvelles";
    private static final String PASSWORD = "mot-de-passe";
    private static final String LOG = "postgresql.log";

    /** Of one session, whatever it sets: an aggregate that gathers rows is held by no setting of PostgreSQL. */
    private static final long SESSION_KILOBYTES = 4L << 20;

    /** One segment of the write-ahead log. */
    private static final long JOURNAL_BYTES = 16L << 20;

    private final Path folder;

    public EmbeddedPostgres(InstanceHome home) {
        this.folder = home.postgres();
    }

    /** How to reach a server. */
    public record Address(String url, String user, String password) {}

    public boolean isInitialised() {
        return Files.exists(cluster().resolve("PG_VERSION"));
    }

    /** The running server, started if need be. */
    public Address start() {
        long logBefore = size(log());
        long toolsBefore = size(toolsLog());
        try {
            Files.createDirectories(folder);
            try (FileChannel channel = FileChannel.open(
                            folder.resolve("demarrage.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (!lock.isValid()) {
                    throw new IOException("lock not valid");
                }
                if (!isInitialised()) {
                    initialise();
                }
                if (!isRunning()) {
                    launch();
                }
                return address();
            }
        } catch (IOException problem) {
            String said = since(log(), logBefore) + since(toolsLog(), toolsBefore) + problem.getMessage();
            throw Failure.of("PostgreSQL n’a pas pu démarrer dans " + folder + "\u202f: " + remedy(said), problem);
        }
    }

    /**
     * Whether the server of this very cluster lives. {@code pg_ctl status} only asks whether the process of the pid file lives, and after a crash
     * of the machine or of a container that number may be another program's.
     */
    public boolean isRunning() {
        return isInitialised() && pidOfFile().stream().anyMatch(this::isOurs);
    }

    private OptionalLong pidOfFile() {
        try (Stream<String> lines = Files.lines(pidFile())) {
            return lines.limit(1)
                    .map(String::strip)
                    .filter(line -> line.matches("\\d{1,18}"))
                    .mapToLong(Long::parseLong)
                    .findFirst();
        } catch (IOException absent) {
            return OptionalLong.empty();
        }
    }

    private boolean isOurs(long pid) {
        boolean isPostgres = ProcessHandle.of(pid)
                .flatMap(process -> process.info().command())
                .filter(command -> command.contains("postgres"))
                .isPresent();
        if (!isPostgres) {
            return false;
        }
        try {
            // A server works in the folder of its cluster.
            return Files.isSameFile(Path.of("/proc", String.valueOf(pid), "cwd").toRealPath(), cluster());
        } catch (IOException unknown) {
            return true;
        }
    }

    /** Stops the server; says whether one was running. */
    public boolean stop() {
        if (!isRunning()) {
            return false;
        }
        if (run("pg_ctl", List.of("-D", CLUSTER, "-m", "fast", "-w", "stop")) != 0) {
            throw Failure.of("PostgreSQL ne s’arrête pas (" + folder
                    + ")\u202f: relancez «\u00a0vigie stop\u00a0», puis lisez " + log() + ".");
        }
        return true;
    }

    /** What to do about what PostgreSQL and its tools said. */
    private String remedy(String said) {
        if (said.contains("No space left on device") || isFull()) {
            return "le disque est plein. Libérez de la place, ou choisissez un autre dossier avec --home.";
        }
        if (said.contains("unshare")) {
            return "il refuse de tourner sous root, et cette machine ne permet pas de l’isoler. Relancez sous un autre compte, ou donnez un"
                    + " serveur avec --database.";
        }
        if (said.contains("Permission denied") || said.contains("invalid permissions")) {
            return "les droits sur ce dossier ne conviennent pas. Relancez sous le compte qui l’a créé, ou choisissez un autre dossier avec"
                    + " --home.";
        }
        return "vérifiez la place disponible et les droits, puis lisez " + log() + ".";
    }

    /** A server without room for its next journal may end without having been able to write why. */
    private boolean isFull() {
        try {
            return Files.getFileStore(folder).getUsableSpace() < JOURNAL_BYTES;
        } catch (IOException unknown) {
            return false;
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException absent) {
            return 0;
        }
    }

    private static String since(Path file, long start) {
        try (InputStream stream = Files.newInputStream(file)) {
            stream.skipNBytes(start);
            return new String(stream.readNBytes(1 << 16), StandardCharsets.UTF_8);
        } catch (IOException absent) {
            return "";
        }
    }

    private Address address() throws IOException {
        return new Address(
                "jdbc:postgresql://127.0.0.1:" + Files.readString(portFile()).strip() + "/" + DATABASE,
                USER,
                Files.readString(passwordFile()).strip());
    }

    private void initialise() throws IOException {
        Path password = passwordFile();
        Files.deleteIfExists(password);
        SecretFile.writeNew(password, SecretFile.drawn(24) + "\n");
        // Killed half way, a cluster has no PG_VERSION or an unfinished one: made aside, then renamed whole.
        Path fresh = folder.resolve(FRESH_CLUSTER);
        deleteTree(fresh);
        int code = run(
                "initdb",
                List.of(
                        "-D",
                        FRESH_CLUSTER,
                        "-U",
                        USER,
                        "--auth=scram-sha-256",
                        "--pwfile=" + PASSWORD,
                        "--encoding=UTF8",
                        "--locale=C"));
        if (code != 0) {
            throw new IOException("initdb ended with " + code);
        }
        Files.move(fresh, cluster(), StandardCopyOption.ATOMIC_MOVE);
    }

    private void launch() throws IOException {
        // Nobody holds this lock and no server of ours lives: a pid file left here is that of a crash, and pg_ctl could
        // believe it.
        Files.deleteIfExists(pidFile());
        for (int attempt = 1; ; attempt++) {
            int port = port();
            Files.writeString(portFile(), String.valueOf(port));
            long before = size(log());
            int code = launch(port);
            if (code == 0) {
                break;
            }
            // The port was free a moment ago; another program was faster.
            if (attempt == ATTEMPTS || !since(log(), before).contains("Address already in use")) {
                throw new IOException("pg_ctl start ended with " + code);
            }
        }
        createDatabase();
    }

    private int launch(int port) {
        return run(
                "pg_ctl",
                List.of(
                        "-D",
                        CLUSTER,
                        "-w",
                        "-t",
                        "60",
                        "-l",
                        LOG,
                        "-o",
                        "-p " + port
                                + " -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c shared_buffers=64MB"
                                // A publication is millions of rows, copied into tables of its own and indexed at once:
                                // with a minimal log they are written once.
                                + " -c wal_level=minimal -c max_wal_senders=0 -c max_wal_size=4GB"
                                + " -c work_mem=256MB -c maintenance_work_mem=512MB"
                                + " -c logging_collector=off -c log_min_error_statement=panic",
                        "start"));
    }

    /**
     * Closes the databases that PostgreSQL makes for itself to everybody but its owner: a reader's login has no business in them, and what the
     * policy closes is closed in one database only.
     */
    public void closeOtherDatabases() {
        try (var connection = administer(address());
                var statement = connection.createStatement()) {
            statement.execute("REVOKE CONNECT ON DATABASE postgres, template1 FROM PUBLIC");
        } catch (IOException | java.sql.SQLException problem) {
            throw Failure.of(
                    "Les autres bases du serveur de l’instance n’ont pas pu être fermées\u202f: relancez la commande.",
                    problem);
        }
    }

    private static java.sql.Connection administer(Address address) throws java.sql.SQLException {
        String admin = address.url().replaceAll("/" + DATABASE + "$", "/postgres");
        return java.sql.DriverManager.getConnection(admin, address.user(), address.password());
    }

    private void createDatabase() throws IOException {
        try (var connection = administer(address());
                var statement = connection.createStatement()) {
            var exists = statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'");
            if (!exists.next()) {
                statement.execute("CREATE DATABASE " + DATABASE);
            }
        } catch (java.sql.SQLException problem) {
            throw new IOException("the database could not be created", problem);
        }
    }

    /** The port of the last time when it is still free, so that an address noted somewhere goes on working. */
    private int port() throws IOException {
        if (Files.exists(portFile())) {
            int known = Integer.parseInt(Files.readString(portFile()).strip());
            try (ServerSocket socket = new ServerSocket(known, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // Taken by somebody else meanwhile: another one will do.
            }
        }
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /**
     * Runs a tool in the folder of this server. Paths are given from there: the tools hand them to a shell between double quotes, where a dollar
     * or a quote in the name of the home would mean something.
     */
    private int run(String tool, List<String> arguments) {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            // PostgreSQL refuses to run as root; in a user namespace of its own it does not, and keeps the rights on
            // its files.
            command.addAll(List.of("unshare", "-U"));
        }
        try {
            command.addAll(List.of("sh", "-c", "ulimit -v " + SESSION_KILOBYTES + "; exec \"$0\" \"$@\""));
            command.add(binaries().resolve("bin").resolve(tool).toString());
            command.addAll(arguments);
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    // A detached server that inherited these would hang every caller that captures them.
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(toolsLog().toFile()))
                    .redirectErrorStream(true)
                    .start();
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return -1;
            }
            return process.exitValue();
        } catch (IOException problem) {
            throw Failure.of(
                    "PostgreSQL n’a pas pu être lancé (" + tool
                            + ")\u202f: « vigie doctor » dit ce qui manque à cette machine.",
                    problem);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    /** The programs, unpacked once per user and shared by the instances; in the instance for an account of service that has no folder of its own. */
    private Path binaries() throws IOException {
        Path cache = Path.of(System.getProperty("user.home"), ".cache", "vigie");
        try {
            return binaries(Files.createDirectories(cache));
        } catch (AccessDeniedException | NoSuchFileException homeless) {
            return binaries(Files.createDirectories(folder.resolve("programmes")));
        }
    }

    private static Path binaries(Path home) throws IOException {
        Path target = home.resolve("postgresql-" + VERSION);
        if (Files.isDirectory(target)) {
            return target;
        }
        if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux")) {
            throw new IOException("no embedded PostgreSQL for this system; give --database");
        }
        Path fresh = Files.createTempDirectory(home, "postgresql");
        try (InputStream resource = EmbeddedPostgres.class.getClassLoader().getResourceAsStream(ARCHIVE)) {
            if (resource == null) {
                throw new IOException("archive of PostgreSQL missing from the class path");
            }
            unpack(resource, fresh);
        }
        try {
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException raced) {
            deleteTree(fresh);
            if (!Files.isDirectory(target)) {
                throw raced;
            }
        }
        return target;
    }

    private static void unpack(InputStream archive, Path folder) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = folder.resolve(entry.getName()).normalize();
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else if (entry.isSymbolicLink()) {
                    Files.createDirectories(path.getParent());
                    Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                } else {
                    Files.createDirectories(path.getParent());
                    try (OutputStream out = Files.newOutputStream(path)) {
                        tar.transferTo(out);
                    }
                    if ((entry.getMode() & 0100) != 0) {
                        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
                    }
                }
            }
        }
    }

    private static void deleteTree(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var paths = Files.walk(folder)) {
                for (Path path :
                        paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private Path cluster() {
        return folder.resolve(CLUSTER);
    }

    private Path portFile() {
        return folder.resolve("port");
    }

    private Path passwordFile() {
        return folder.resolve(PASSWORD);
    }

    private Path pidFile() {
        return cluster().resolve("postmaster.pid");
    }

    public Path log() {
        return folder.resolve(LOG);
    }

    private Path toolsLog() {
        return folder.resolve("outils.log");
    }
}
