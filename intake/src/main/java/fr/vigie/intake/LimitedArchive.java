package fr.vigie.intake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;

/**
 * The entries of an archive that is read as it streams, watched over by the limits. The reader of Java 17 refuses what many programs write: an entry
 * whose size comes after it, in 64 bits.
 */
final class LimitedArchive extends ZipArchiveInputStream {

    private final OutputLimit limit;

    LimitedArchive(InputStream stream, OutputLimit limit) {
        super(stream, StandardCharsets.UTF_8.name(), true, true);
        this.limit = limit;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        limit.count(Math.max(0, read));
        return read;
    }
}
