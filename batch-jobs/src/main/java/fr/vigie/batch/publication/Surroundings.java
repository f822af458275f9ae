package fr.vigie.batch.publication;

import static java.util.Objects.requireNonNull;

import fr.vigie.schema.Resources;
import fr.vigie.schema.WorkerResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What readers see beside the values, in digits: the steps of the funnels, which territories each CPTS and département answers for, and how masks
 * are made. The print tells none of it, and a publication whose values are the same is another one where this changes.
 */
final class Surroundings {

    private Surroundings() {}

    /**
     * @param exchange what the worker staged
     * @param steps what a reader sees of each code
     * @param territories the same
     * @param periods the same
     */
    static String of(
            Path exchange, Map<Integer, String> steps, Map<Integer, String> territories, Map<Integer, String> periods)
            throws IOException {
        Print funnels = new Print(steps, territories, periods);
        try (Stream<Path> parts = Files.list(exchange.resolve(WorkerResult.STEP_COUNTS))) {
            for (Path part : parts.filter(file -> file.getFileName().toString().startsWith("part-"))
                    .toList()) {
                try (InputStream rows = funnels.read(Files.newInputStream(part))) {
                    rows.transferTo(OutputStream.nullOutputStream());
                }
            }
        }
        List<String> scopes = Files.readAllLines(exchange.resolve(WorkerResult.SCOPES)).stream()
                .map(row -> Stream.of(row.split(";"))
                        .map(code -> requireNonNull(territories.get(Integer.valueOf(code)), "an unknown territory"))
                        .toList()
                        .toString())
                .sorted()
                .toList();
        MessageDigest digest = sha256();
        tell(digest, funnels.hexadecimal());
        scopes.forEach(scope -> tell(digest, scope));
        tell(digest, Resources.text("policy/acces.yaml"));
        tell(digest, Resources.texts("sql/secret", ".sql").toString());
        tellProgram(digest);
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The classes of this package: which of them decide a mask is a list that somebody would have to keep. */
    private static void tellProgram(MessageDigest digest) throws IOException {
        String folder = Surroundings.class.getPackageName().replace('.', '/');
        try {
            Path build = Path.of(Surroundings.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            if (Files.isDirectory(build)) {
                tellClasses(digest, build.resolve(folder));
            } else {
                try (FileSystem jar = FileSystems.newFileSystem(build)) {
                    tellClasses(digest, jar.getPath(folder));
                }
            }
        } catch (URISyntaxException problem) {
            throw new IllegalStateException("the program cannot read itself", problem);
        }
    }

    private static void tellClasses(MessageDigest digest, Path folder) throws IOException {
        try (Stream<Path> classes = Files.list(folder)) {
            for (Path one : classes.filter(file -> file.toString().endsWith(".class"))
                    .sorted(java.util.Comparator.comparing(Path::toString))
                    .toList()) {
                digest.update(Files.readAllBytes(one));
            }
        }
    }

    private static void tell(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
