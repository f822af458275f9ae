package fr.vigie.batch.superset;

import fr.vigie.batch.Failure;
import fr.vigie.batch.instance.Confidentiality;
import fr.vigie.batch.instance.Database;
import fr.vigie.batch.instance.InstanceHome;
import fr.vigie.batch.instance.SecretFile;
import fr.vigie.schema.Resources;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The Superset of an instance: its packages in a virtual environment of its own, its metadata in a file, its server detached and found again
 * through the instance home.
 */
public final class SupersetServer {

    public static final String VERSION = "6.1.0";
    public static final String ADMIN = "admin";

    /** The account that this command administers with, given a new password each time. */
    public static final String SERVICE = "vigie-service";

    private static final int FIRST_PORT = 8088;
    private static final int PORTS = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final List<String> SETTINGS =
            List.of("superset_config.py", "vigie_lecture.py", "vigie_questions.py", "requirements.lock");
    private static final String APPLICATION = "superset.app:create_app()";

    private final InstanceHome home;
    private final Path folder;

    public SupersetServer(InstanceHome home) {
        this.home = home;
        this.folder = home.superset();
    }

    public Path folder() {
        return folder;
    }

    public Path log() {
        return folder.resolve("superset.log");
    }

    public boolean isInstalled() {
        return Files.exists(folder.resolve("installe"));
    }

    /** Says each step to {@code say}; gives the seconds that it took. */
    public long install(java.util.function.Consumer<String> say) {
        long start = System.nanoTime();
        Python python = Python.find()
                .orElseThrow(() ->
                        Failure.of("Superset demande Python, absent de cette machine\u202f: " + Python.remedy() + "."));
        if (!python.hasVenv()) {
            throw Failure.of("Ce Python ne sait pas créer d’environnement\u202f: " + Python.remedy() + ".");
        }
        try {
            Files.createDirectories(folder);
            writeSettings();
            if (!isInstalled()) {
                say.accept("Environnement Python " + python.version() + "…");
                run(
                        "L’environnement Python n’a pas pu être créé",
                        List.of(
                                python.program().toString(),
                                "-m",
                                "venv",
                                folder.resolve("venv").toString()));
                say.accept("Paquets de Superset " + VERSION + " (une à deux minutes, 0,8 Go)…");
                run(
                        "Les paquets de Superset n’ont pas pu être installés\u202f: vérifiez l’accès à l’index de paquets Python et la place disponible",
                        List.of(
                                program("pip"),
                                "install",
                                "--disable-pip-version-check",
                                "--no-input",
                                "--requirement",
                                folder.resolve("requirements.lock").toString()));
            }
            TelemetryPixel.remove(folder.resolve("venv"));
            say.accept("Métadonnées…");
            run(
                    "Les métadonnées de Superset n’ont pas pu être préparées",
                    List.of(program("superset"), "db", "upgrade"));
            run("Les droits de Superset n’ont pas pu être préparés", List.of(program("superset"), "init"));
            Files.writeString(folder.resolve("installe"), VERSION + "\n");
        } catch (IOException problem) {
            throw failure("Superset n’a pas pu être installé dans " + folder, problem);
        }
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
    }

    /** Configuration, what it imports, locked packages, and the key that seals the passwords which Superset keeps. */
    private void writeSettings() throws IOException {
        for (String name : SETTINGS) {
            Files.writeString(folder.resolve(name), Resources.text("superset/" + name));
        }
        SecretFile.readOrDraw(folder.resolve("cle-secrete"), 42);
    }

    /** Where PostgreSQL is: Superset opens no other server with the passwords of the readers. */
    public void writeAddress(Database database) {
        try {
            Files.writeString(folder.resolve("adresse-postgresql"), database.hostPortAndName() + "\n");
        } catch (IOException problem) {
            throw failure("L’adresse de PostgreSQL n’a pas pu être notée", problem);
        }
    }

    /** One that runs with the settings of an earlier version would go on serving by its rules. */
    private boolean hasReadTheseSettings() throws IOException {
        return Files.exists(readFile()) && Files.readString(readFile()).equals(settings());
    }

    private static String settings() {
        return SETTINGS.stream().map(name -> Resources.text("superset/" + name)).collect(Collectors.joining());
    }

    private Path readFile() {
        return folder.resolve("reglages-lus");
    }

    /** Where it listens, once it is running. */
    public Optional<URI> address() {
        return isRunning() ? Optional.of(uri(port())) : Optional.empty();
    }

    public boolean isRunning() {
        return pid().stream().anyMatch(this::isOurs);
    }

    private OptionalLong pid() {
        try {
            String text = Files.readString(pidFile()).strip();
            return text.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
        } catch (IOException absent) {
            return OptionalLong.empty();
        }
    }

    /** After a crash, the number of the pid file may be another program's: ours runs from this environment. */
    private boolean isOurs(long pid) {
        try {
            String command = Files.readString(Path.of("/proc", String.valueOf(pid), "cmdline"), StandardCharsets.UTF_8);
            return command.contains(program("gunicorn"));
        } catch (IOException gone) {
            return false;
        }
    }

    /** Starts it if need be, on the port of the last time when that is still free. */
    public URI start() {
        if (!isInstalled()) {
            throw Failure.of(
                    "Superset n’est pas installé dans cette instance\u202f: lancez «\u00a0vigie superset install\u00a0».");
        }
        try {
            if (!hasReadTheseSettings()) {
                TelemetryPixel.remove(folder.resolve("venv"));
                stop();
            }
            if (isRunning()) {
                return uri(port());
            }
            Files.deleteIfExists(pidFile());
            writeSettings();
            int port = freePort();
            Files.writeString(portFile(), port + "\n");
            run(
                    "Superset n’a pas pu démarrer",
                    List.of(
                            program("gunicorn"),
                            "--daemon",
                            "--no-control-socket",
                            "--pid",
                            pidFile().toString(),
                            "--error-logfile",
                            log().toString(),
                            "--workers",
                            "2",
                            "--worker-class",
                            "gthread",
                            "--threads",
                            "8",
                            "--timeout",
                            "120",
                            "--bind",
                            "127.0.0.1:" + port,
                            APPLICATION));
            awaitHealth(uri(port));
            Files.writeString(readFile(), settings());
            // Detached, gunicorn opens its log and the file of its number to everybody, whatever the umask that it was
            // given.
            new Confidentiality(home).close();
            return uri(port);
        } catch (IOException problem) {
            throw failure("Superset n’a pas pu démarrer", problem);
        }
    }

    private void awaitHealth(URI address) throws IOException {
        HttpClient http =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
        HttpRequest health = HttpRequest.newBuilder(address.resolve("/health"))
                .timeout(Duration.ofSeconds(5))
                .build();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            try {
                if (http.send(health, HttpResponse.BodyHandlers.ofString()).statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                // Not listening yet.
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                break;
            }
            pause();
        }
        stop();
        throw new IOException("no answer on /health");
    }

    private static void pause() {
        try {
            Thread.sleep(300);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops it; says whether it was running. */
    public boolean stop() {
        OptionalLong pid = pid();
        if (pid.isEmpty() || !isOurs(pid.getAsLong())) {
            return false;
        }
        ProcessHandle.of(pid.getAsLong()).ifPresent(process -> {
            process.destroy();
            try {
                process.onExit().get(20, TimeUnit.SECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException stuck) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        });
        return true;
    }

    public void administrator(String password) {
        administrator(ADMIN, password);
    }

    /**
     * As {@link #administrator}, for this command itself: one command at a time, until it ends, since the next one changes the password.
     */
    public void serviceAccount(String password) {
        try {
            FileChannel.open(folder.resolve("administration.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                    .lock();
        } catch (IOException problem) {
            throw failure("Superset n’a pas pu être administré", problem);
        }
        administrator(SERVICE, password);
    }

    /** Creates an account of administration, or gives it this password; the password goes to the program by its environment. */
    private void administrator(String name, String password) {
        run(
                "Le compte d’administration de Superset n’a pas pu être créé",
                List.of(
                        program("python"),
                        "-c",
                        String.join(
                                "\n",
                                "import os",
                                "from superset.app import create_app",
                                "app = create_app()",
                                "with app.app_context():",
                                "    from superset import security_manager as people",
                                "    found = people.find_user(username='" + name + "')",
                                "    if found is None:",
                                "        people.add_user('" + name + "', 'Administration', 'technique', '" + name
                                        + "@vigie.invalid', people.find_role('Admin'), password=os.environ['VIGIE_SUPERSET_PASSWORD'])",
                                "    else:",
                                "        people.reset_password(found.id, os.environ['VIGIE_SUPERSET_PASSWORD'])")),
                Map.of("VIGIE_SUPERSET_PASSWORD", password));
    }

    private int freePort() throws IOException {
        List<Integer> candidates = new ArrayList<>();
        if (Files.exists(portFile())) {
            candidates.add(port());
        }
        for (int port = FIRST_PORT; port < FIRST_PORT + PORTS; port++) {
            candidates.add(port);
        }
        for (int port : candidates) {
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // Somebody else's: the next one.
            }
        }
        throw new IOException("no free port from " + FIRST_PORT);
    }

    private int port() {
        try {
            return Integer.parseInt(Files.readString(portFile()).strip());
        } catch (IOException | NumberFormatException lost) {
            return FIRST_PORT;
        }
    }

    private static URI uri(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    private Path portFile() {
        return folder.resolve("port");
    }

    private Path pidFile() {
        return folder.resolve("superset.pid");
    }

    private String program(String name) {
        return folder.resolve("venv").resolve("bin").resolve(name).toString();
    }

    private void run(String failure, List<String> command) {
        run(failure, command, Map.of());
    }

    /** Runs to its end with its output in a file: a detached server that inherited ours would hang every caller that captures it. */
    private void run(String failure, List<String> command, Map<String, String> environment) {
        Path log = folder.resolve("installation.log");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .redirectErrorStream(true);
            builder.environment().put("VIGIE_SUPERSET_HOME", folder.toString());
            builder.environment()
                    .put(
                            "SUPERSET_CONFIG_PATH",
                            folder.resolve("superset_config.py").toString());
            builder.environment().put("FLASK_APP", APPLICATION);
            builder.environment().put("SCARF_ANALYTICS", "false");
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(30, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw Failure.of(failure + ". Le journal est " + log + ".");
            }
        } catch (IOException problem) {
            throw failure(failure, problem);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw Failure.of(failure + "\u202f: interrompu.");
        }
    }

    private Failure failure(String sentence, IOException problem) {
        return Failure.of(
                sentence + "\u202f: vérifiez la place disponible et les droits, puis lisez " + log() + ".", problem);
    }
}
