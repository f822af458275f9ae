package fr.vigie.batch.instance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fr.vigie.batch.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceHomeTest {

    @TempDir
    private Path folder;

    @Test
    void aHomeSaysInWhichFormatItIs() throws IOException {
        Path root = folder.resolve("home");
        InstanceHome home = new InstanceHome(root);
        home.create();
        assertEquals("2", Files.readString(root.resolve("format")).strip());
        // Of the first version, which wrote none: from now on it is one of this.
        Files.delete(root.resolve("format"));
        home.create();
        assertEquals("2", Files.readString(root.resolve("format")).strip());
    }

    @Test
    void aHomeOfALaterVersionIsRefusedAndLeftAsItIs() throws IOException {
        Path root = Files.createDirectories(folder.resolve("home"));
        Files.writeString(root.resolve("format"), "3\n");
        Failure refused = assertThrows(Failure.class, new InstanceHome(root)::create);
        assertTrue(
                refused.sentence().contains("version plus récente")
                        && refused.sentence().contains("format 3"),
                refused.sentence());
        assertEquals(1, refused.exitCode());
        assertEquals("3\n", Files.readString(root.resolve("format")));
        assertFalse(Files.exists(root.resolve("lake")));
    }
}
