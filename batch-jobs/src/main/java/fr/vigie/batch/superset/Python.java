package fr.vigie.batch.superset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A Python of this machine that the locked packages know: they were frozen for 3.11. */
public record Python(Path program, String version) {

    /** The versions for which every locked package exists. */
    private static final List<String> NAMES = List.of("python3.11", "python3");

    private static final String WANTED = "3.11";

    public static Optional<Python> find() {
        String asked = System.getenv("VIGIE_PYTHON");
        List<String> names = asked == null || asked.isBlank() ? NAMES : List.of(asked);
        return names.stream()
                .flatMap(name -> ask(name).stream())
                .filter(found -> found.version().startsWith(WANTED + "."))
                .findFirst();
    }

    /** What to install when there is none. */
    public static String remedy() {
        return "installez Python " + WANTED
                + " avec son module venv (par exemple les paquets python3.11 et python3.11-venv),"
                + " ou donnez son chemin par VIGIE_PYTHON";
    }

    /** Whether it can make virtual environments: Debian ships that apart. */
    public boolean hasVenv() {
        return run(List.of(program.toString(), "-c", "import venv, ensurepip")).isPresent();
    }

    /** Whether its package index answers; true when it has no pip to ask with, since the virtual environment brings one. */
    public boolean reachesPackages() {
        boolean hasPip =
                run(List.of(program.toString(), "-m", "pip", "--version")).isPresent();
        return !hasPip
                || run(List.of(
                                program.toString(),
                                "-m",
                                "pip",
                                "--disable-pip-version-check",
                                "--timeout",
                                "5",
                                "--retries",
                                "0",
                                "index",
                                "versions",
                                "apache-superset"))
                        .isPresent();
    }

    private static Optional<Python> ask(String name) {
        return run(List.of(name, "-c", "import sys; print(sys.executable); print('%d.%d.%d' % sys.version_info[:3])"))
                .map(said -> said.lines().toList())
                .filter(lines -> lines.size() == 2)
                .map(lines -> new Python(Path.of(lines.get(0)), lines.get(1)));
    }

    private static Optional<String> run(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0
                    ? Optional.of(said.strip())
                    : Optional.empty();
        } catch (IOException absent) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
