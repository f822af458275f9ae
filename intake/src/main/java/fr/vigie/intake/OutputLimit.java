package fr.vigie.intake;

/** Counts what comes out of a decompression and stops it when it grows beyond the limits, whatever the archive says of its own sizes. */
final class OutputLimit {

    private final Limits limits;
    private final long compressedBytes;
    private long bytes;

    OutputLimit(Limits limits, long compressedBytes) {
        this.limits = limits;
        this.compressedBytes = Math.max(1, compressedBytes);
    }

    void count(int read) throws LimitedStream.Exceeded {
        bytes += read;
        if (bytes > limits.fileBytes()
                || (bytes > limits.ratioFromBytes() && bytes / compressedBytes > limits.ratio())) {
            throw new LimitedStream.Exceeded();
        }
    }
}
