package fr.vigie.intake;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipInputStream;

/** The entries of an archive that is read as it streams, watched over by the limits: those that are passed over count too. */
final class LimitedArchive extends ZipInputStream {

    private final OutputLimit limit;

    LimitedArchive(InputStream stream, OutputLimit limit) {
        super(stream);
        this.limit = limit;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        limit.count(Math.max(0, read));
        return read;
    }
}
