package fr.vigie.batch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that people call, with a Java that only says its version. */
class LauncherTest {

    @TempDir
    private Path folder;

    private record Ended(int code, String said) {}

    @Test
    void aJavaThatSpeaksOfItsOptionsFirstIsStillRead() throws IOException, InterruptedException {
        Ended ended =
                launch("Picked up JAVA_TOOL_OPTIONS: -Dproxy=x\nopenjdk version \"17.0.15\" 2025-04-15", Map.of());

        assertTrue(ended.said().startsWith("commande lancée"), ended.said());
        assertEquals(0, ended.code());
    }

    @Test
    void whatACommandCreatesIsClosedToTheOtherAccountsOfTheMachine() throws IOException, InterruptedException {
        Ended ended = launch("openjdk version \"17.0.15\" 2025-04-15", Map.of());

        assertEquals(new Ended(0, "commande lancée, umask 0077\n"), ended);
    }

    @Test
    void aJavaThatIsTooOldIsNamed() throws IOException, InterruptedException {
        for (String version : new String[] {"openjdk version \"11.0.2\" 2019-01-15", "java version \"1.8.0_291\""}) {
            Ended ended = launch(version, Map.of());

            assertEquals(1, ended.code());
            assertTrue(ended.said().contains("jdk/bin/java » n’en est pas un : installez-le"), ended.said());
        }
    }

    @Test
    void aPathThatLeadsNowhereIsToldAsSuch() throws IOException, InterruptedException {
        Ended ended = launch("", Map.of("PATH", folder.toString()));

        assertEquals(1, ended.code());
        assertTrue(ended.said().startsWith("La commande « dirname » n’est pas dans le PATH"), ended.said());
    }

    private Ended launch(String version, Map<String, String> environment) throws IOException, InterruptedException {
        Path project = Files.createDirectories(folder.resolve("projet"));
        Files.writeString(project.resolve("vigie"), Files.readString(Path.of("../vigie")));
        // Built, and nothing to compare with: nothing is built again.
        Files.createDirectories(project.resolve("target"));
        Files.writeString(project.resolve("target/vigie.construit"), "");
        Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
        Files.deleteIfExists(java);
        Files.createFile(java, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Files.writeString(
                java,
                "#!/bin/sh\nif [ \"$1\" = -version ]; then printf '%s\\n' '" + version
                        + "' >&2; else echo \"commande lancée, umask $(umask)\"; fi\n");
        ProcessBuilder builder = new ProcessBuilder(
                        "/bin/bash", project.resolve("vigie").toString(), "status")
                .redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), said);
    }
}
