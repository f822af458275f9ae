package fr.vigie.batch.jobs;

import fr.vigie.batch.Failure;
import fr.vigie.batch.instance.InstanceHome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** The official geography that ships with the product, as files that go through intake like any other. */
public final class ReferenceFiles {

    private static final List<String> OFFICIAL =
            List.of("communes.csv.gz", "communes_mouvements.csv.gz", "territoires.csv.gz");

    private static final List<String> DEMONSTRATION =
            List.of("territoires.csv.gz", "territoires_communes.csv.gz", "dispositifs.csv", "structures.csv");

    private ReferenceFiles() {}

    public static List<Path> unpack(InstanceHome home) {
        return unpack(home, "reference/", OFFICIAL);
    }

    /** The illustrative CPTS of Occitanie, their members, and the dispositifs and hospitals of the demonstration. */
    public static List<Path> unpackDemonstration(InstanceHome home) {
        return unpack(home, "reference/demonstration/", DEMONSTRATION);
    }

    private static List<Path> unpack(InstanceHome home, String folder, List<String> names) {
        List<Path> files = new ArrayList<>();
        try {
            Path target = Files.createDirectories(home.root().resolve(folder));
            for (String name : names) {
                try (InputStream stream = ReferenceFiles.class.getClassLoader().getResourceAsStream(folder + name)) {
                    if (stream == null) {
                        throw new IOException("missing from the build: " + folder + name);
                    }
                    Path file = target.resolve(name);
                    Files.copy(stream, file, StandardCopyOption.REPLACE_EXISTING);
                    files.add(file);
                }
            }
        } catch (IOException problem) {
            throw Failure.of(
                    "La géographie de référence n’a pas pu être copiée dans " + home.root()
                            + "\u202f: vérifiez la place disponible.",
                    problem);
        }
        return files;
    }
}
