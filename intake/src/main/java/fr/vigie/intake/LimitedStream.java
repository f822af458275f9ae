package fr.vigie.intake;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts what comes out of a decompression and stops it when it grows beyond the limits, whatever the archive says of its own sizes. */
final class LimitedStream extends FilterInputStream {

    /** Too much came out. */
    static final class Exceeded extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private final Limits limits;
    private final long compressedBytes;
    private long bytes;

    LimitedStream(InputStream stream, Limits limits, long compressedBytes) {
        super(stream);
        this.limits = limits;
        this.compressedBytes = Math.max(1, compressedBytes);
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        if (value >= 0) {
            count(1);
        }
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        if (read > 0) {
            count(read);
        }
        return read;
    }

    private void count(int read) throws Exceeded {
        bytes += read;
        if (bytes > limits.fileBytes()
                || (bytes > limits.ratioFromBytes() && bytes / compressedBytes > limits.ratio())) {
            throw new Exceeded();
        }
    }
}
