package fr.vigie.intake;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What comes out of a decompression, watched over by the limits. */
final class LimitedStream extends FilterInputStream {

    /** Too much came out. */
    static final class Exceeded extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private final OutputLimit limit;

    LimitedStream(InputStream stream, OutputLimit limit) {
        super(stream);
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        if (value >= 0) {
            limit.count(1);
        }
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        if (read > 0) {
            limit.count(read);
        }
        return read;
    }
}
