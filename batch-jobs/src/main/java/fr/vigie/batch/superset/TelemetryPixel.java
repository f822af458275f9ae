package fr.vigie.batch.superset;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The pages of Superset ask a server of its makers for an image that tells them who uses it. The choice is made when its pages are built, and no
 * setting of the package takes it back: the address is taken out of the installed pages, which then ask for nothing.
 */
final class TelemetryPixel {

    private static final Pattern ADDRESS =
            Pattern.compile("`https://apachesuperset\\.gateway\\.scarf\\.sh/pixel/[^`]*`");

    /** One transparent point, in the page itself. */
    private static final String NOTHING = "\"data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAACADs=\"";

    private TelemetryPixel() {}

    /** Takes the address out of the pages of this virtual environment; gives how many files held it. */
    static int remove(Path environment) throws IOException {
        List<Path> scripts;
        try (Stream<Path> files = Files.find(
                environment,
                9,
                (path, about) -> about.isRegularFile()
                        && path.toString().contains("superset/static/assets/")
                        && path.toString().endsWith(".js"))) {
            scripts = files.toList();
        }
        int found = 0;
        for (Path script : scripts) {
            String text = Files.readString(script, StandardCharsets.UTF_8);
            String without = ADDRESS.matcher(text).replaceAll(NOTHING);
            if (!without.equals(text)) {
                Files.writeString(script, without);
                found++;
            }
        }
        return found;
    }
}
