package fr.vigie.schema;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.stream.Stream;

/** Few digits for much text: 64 hexadecimal ones, of SHA-256. */
public final class Fingerprint {

    private Fingerprint() {}

    /** Of a set of texts, whatever their order. */
    public static String of(Collection<String> texts) {
        MessageDigest digest = sha256();
        texts.stream().distinct().sorted().forEach(text -> {
            digest.update(text.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) '\n');
        });
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * Of every class and every SELECT of a folder of a build: which of them decide a number is a list that somebody would have to keep.
     *
     * @param one a class of that build, a folder or a jar
     * @param folder in it, empty for all of it
     */
    public static String ofProgram(Class<?> one, String folder) {
        try {
            Path build = Path.of(
                    one.getProtectionDomain().getCodeSource().getLocation().toURI());
            if (Files.isDirectory(build)) {
                return content(build.resolve(folder));
            }
            try (FileSystem jar = FileSystems.newFileSystem(build)) {
                return content(jar.getPath("/", folder));
            }
        } catch (URISyntaxException | IOException unreadable) {
            throw new IllegalStateException("the program cannot read itself", unreadable);
        }
    }

    private static String content(Path root) throws IOException {
        MessageDigest digest = sha256();
        try (Stream<Path> files = Files.walk(root)) {
            files.filter(file -> file.toString().endsWith(".class")
                            || file.toString().endsWith(".sql"))
                    .sorted(Comparator.comparing(Path::toString))
                    .forEach(file -> {
                        digest.update(root.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
                        try {
                            digest.update(Files.readAllBytes(file));
                        } catch (IOException problem) {
                            throw new UncheckedIOException(problem);
                        }
                    });
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
