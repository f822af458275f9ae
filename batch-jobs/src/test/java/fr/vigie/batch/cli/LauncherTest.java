package fr.vigie.batch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
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

    @Test
    void whoMayNotWriteInTheProgramRunsWhatItsOwnerBuilt() throws IOException, InterruptedException {
        Path project = project();
        // A copy gives files whatever dates: newer than the build here.
        Files.writeString(project.resolve("pom.xml"), "");
        Files.setLastModifiedTime(project.resolve("target/vigie.construit"), FileTime.fromMillis(0));

        assertEquals(new Ended(0, "commande lancée, umask 0077\n"), asSomebodyElse(project));
        assertFalse(Files.exists(project.resolve("target/construction.verrou")));
    }

    @Test
    void whoMayNotWriteInAProgramThatIsNotBuiltIsToldWhoBuildsIt() throws IOException, InterruptedException {
        Path project = project();
        Files.delete(project.resolve("target/vigie.construit"));

        Ended ended = asSomebodyElse(project);

        assertEquals(1, ended.code());
        assertTrue(ended.said().contains("son propriétaire lance une fois " + project + "/vigie"), ended.said());
    }

    @Test
    void aProgramThatCannotBeReadSaysWhoOpensIt() throws IOException, InterruptedException {
        Path project = project();
        Files.setPosixFilePermissions(
                project.resolve("batch-jobs/target/batch-jobs-0.jar"), PosixFilePermissions.fromString("---------"));

        Ended ended = asSomebodyElse(project);

        assertEquals(1, ended.code());
        assertTrue(ended.said().contains("chmod -R a+rX"), ended.said());
    }

    /** An account that owns nothing here: nobody, where this one may become it; else this one, with nothing that it may write. */
    private Ended asSomebodyElse(Path project) throws IOException, InterruptedException {
        java("openjdk version \"17.0.15\" 2025-04-15");
        Path shared = Path.of(System.getProperty("java.io.tmpdir"));
        for (Path opened = folder; opened != null && !opened.equals(shared); opened = opened.getParent()) {
            Files.setPosixFilePermissions(opened, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        List<String> command = List.of("/bin/bash", project.resolve("vigie").toString(), "status");
        if ("root".equals(System.getProperty("user.name"))) {
            return launch(
                    Stream.concat(
                                    Stream.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"),
                                    command.stream())
                            .toList(),
                    Map.of());
        }
        Set<PosixFilePermission> modes = Files.getPosixFilePermissions(project);
        Files.setPosixFilePermissions(project, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            return launch(command, Map.of());
        } finally {
            Files.setPosixFilePermissions(project, modes);
        }
    }

    private Ended launch(String version, Map<String, String> environment) throws IOException, InterruptedException {
        java(version);
        return launch(List.of("/bin/bash", project().resolve("vigie").toString(), "status"), environment);
    }

    /** A built program, and nothing to compare with: nothing is built again. */
    private Path project() throws IOException {
        Path project = Files.createDirectories(folder.resolve("projet"));
        Files.writeString(project.resolve("vigie"), Files.readString(Path.of("../vigie")));
        Files.createDirectories(project.resolve("target"));
        Files.writeString(project.resolve("target/vigie.construit"), "");
        Files.createDirectories(project.resolve("batch-jobs/target"));
        Files.writeString(project.resolve("batch-jobs/target/batch-jobs-0.jar"), "");
        return project;
    }

    private void java(String version) throws IOException {
        Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
        Files.deleteIfExists(java);
        Files.createFile(java, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Files.writeString(
                java,
                "#!/bin/sh\nif [ \"$1\" = -version ]; then printf '%s\\n' '" + version
                        + "' >&2; else echo \"commande lancée, umask $(umask)\"; fi\n");
    }

    private Ended launch(List<String> command, Map<String, String> environment)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), said);
    }
}
