package fr.vigie.batch.superset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TelemetryPixelTest {

    @TempDir
    private Path environment;

    /** As Superset 6.1.0 ships it. */
    @Test
    void thePagesAskNoServerForAnImage() throws IOException {
        Path assets =
                Files.createDirectories(environment.resolve("lib/python3.11/site-packages/superset/static/assets"));
        Path page = assets.resolve("8085.entry.js");
        Files.writeString(
                page,
                "let l=`https://apachesuperset.gateway.scarf.sh/pixel/0d3461e1/${e}/${a}/${t}`;return(0,n.Y)(\"img\",{src:l,width:0})");
        Path other = assets.resolve("other.js");
        Files.writeString(other, "let l=`/static/${e}`");

        assertEquals(1, TelemetryPixel.remove(environment));

        assertFalse(Files.readString(page).contains("scarf"));
        assertTrue(Files.readString(page).endsWith(";return(0,n.Y)(\"img\",{src:l,width:0})"));
        assertEquals("let l=`/static/${e}`", Files.readString(other));
        assertEquals(0, TelemetryPixel.remove(environment), "twice changes nothing");
    }
}
