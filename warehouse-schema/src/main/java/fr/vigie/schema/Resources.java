package fr.vigie.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads the text files of a class path folder, whether the classes stand in a folder or in a jar. */
public final class Resources {

    private Resources() {}

    /**
     * The files of {@code folder} whose name ends with {@code suffix}, by name; nested folders are not entered.
     *
     * @throws IllegalStateException when the folder is not on the class path: the build is broken
     */
    public static Map<String, String> texts(String folder, String suffix) {
        URL url = Resources.class.getClassLoader().getResource(folder);
        if (url == null) {
            throw new IllegalStateException("class path folder missing: " + folder);
        }
        try {
            URI uri = url.toURI();
            if (!"jar".equals(uri.getScheme())) {
                return texts(Path.of(uri), suffix);
            }
            Path jar = Path.of(URI.create(uri.getRawSchemeSpecificPart().split("!")[0]));
            try (FileSystem files = FileSystems.newFileSystem(jar, (ClassLoader) null)) {
                return texts(files.getPath(folder), suffix);
            }
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** The files of a folder of the file system, by name. */
    private static Map<String, String> texts(Path folder, String suffix) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = file.getFileName().toString();
                if (Files.isRegularFile(file) && name.endsWith(suffix)) {
                    texts.put(name, Files.readString(file));
                }
            }
        }
        return texts;
    }

    /**
     * One text file of the class path, of which every {@code {word}} is replaced.
     *
     * @param words by name, without the braces
     */
    public static String text(String path, Map<String, String> words) {
        String text = text(path);
        for (Map.Entry<String, String> word : words.entrySet()) {
            text = text.replace("{" + word.getKey() + "}", word.getValue());
        }
        return text;
    }

    /** One text file of the class path. */
    public static String text(String path) {
        try (InputStream stream = Resources.class.getClassLoader().getResourceAsStream(path)) {
            if (stream == null) {
                throw new IllegalStateException("class path file missing: " + path);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
