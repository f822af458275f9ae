package fr.vigie.intake;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the real files and the shipped mappings stand; the real files never ship. */
final class RealFiles {

    private RealFiles() {}

    /** Skips the test, with a reason, where the real data are absent. */
    static Path of(String name) {
        String folder = System.getProperty("vigie.shared.data", System.getenv().getOrDefault("VIGIE_SHARED_DATA", ""));
        for (Path root : new Path[] {Path.of(folder), Path.of("../../shared/data"), Path.of("../shared/data")}) {
            Path file = root.resolve(name);
            if (Files.exists(file)) {
                return file;
            }
        }
        assumeTrue(false, "real data absent (VIGIE_SHARED_DATA or ../shared/data): " + name + " is not tried");
        throw new AssertionError("skipped above");
    }

    /** A mapping of the product. */
    static Mapping mapping(String name) throws IOException {
        Path file = Path.of("../warehouse-schema/feeds/mappings").resolve(name);
        return Mapping.read(name, Files.readString(file), Door.CONTRACTS);
    }
}
