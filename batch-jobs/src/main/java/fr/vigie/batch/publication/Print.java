package fr.vigie.batch.publication;

import static java.util.Objects.requireNonNull;

import fr.vigie.schema.Fingerprint;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The print of a publication (contrat.md 3): SHA-256 over the rows of {@code values}, whatever the order in which they come. Each row, its codes
 * spelt out, has a SHA-256 of its own; the print is that of their sum modulo 2^256 and of their number, so that nothing has to be sorted.
 */
final class Print {

    private static final int WORDS = 8;
    private static final int DIGEST = 32;
    private static final long WORD = 0xFFFFFFFFL;

    private final Map<Integer, byte[]> lines;
    private final Map<Integer, byte[]> territories;
    private final Map<Integer, byte[]> periods;
    private final MessageDigest digest;
    private final byte[] digested = new byte[DIGEST];
    private final ByteBuffer words = ByteBuffer.wrap(digested);
    /** The sum, most significant word first, each kept below 2^32. */
    private final long[] sum = new long[WORDS];

    private long rows;

    /** What a reader sees of each code. */
    Print(Map<Integer, String> lines, Map<Integer, String> territories, Map<Integer, String> periods) {
        this.lines = bytes(lines);
        this.territories = bytes(territories);
        this.periods = bytes(periods);
        digest = Fingerprint.sha256();
    }

    private static Map<Integer, byte[]> bytes(Map<Integer, String> texts) {
        Map<Integer, byte[]> bytes = new HashMap<>();
        texts.forEach((code, text) -> bytes.put(code, text.getBytes(StandardCharsets.UTF_8)));
        return bytes;
    }

    /** The same stream of {@code WorkerResult.MEASURE_COLUMNS}, each of whose rows is counted as it goes by. */
    InputStream read(InputStream measures) {
        return new FilterInputStream(measures) {

            private byte[] row = new byte[256];
            private int length;

            @Override
            public int read() {
                throw new UnsupportedOperationException("a copy reads by blocks");
            }

            @Override
            public int read(byte[] block, int offset, int size) throws IOException {
                int count = super.read(block, offset, size);
                for (int index = offset; index < offset + count; index++) {
                    if (block[index] == '\n') {
                        add(row, length);
                        length = 0;
                    } else {
                        if (length == row.length) {
                            row = Arrays.copyOf(row, 2 * length);
                        }
                        row[length++] = block[index];
                    }
                }
                return count;
            }
        };
    }

    private void add(byte[] row, int length) {
        int position = 0;
        for (Map<Integer, byte[]> texts : List.of(lines, territories, periods)) {
            int code = 0;
            while (row[position] != ';') {
                code = 10 * code + row[position++] - '0';
            }
            position++;
            digest.update(requireNonNull(texts.get(code), "a code that stands for nothing"));
        }
        digest.update(row, position, length - position);
        try {
            digest.digest(digested, 0, DIGEST);
        } catch (DigestException impossible) {
            throw new IllegalStateException(impossible);
        }
        long carry = 0;
        for (int word = WORDS - 1; word >= 0; word--) {
            carry += sum[word] + (words.getInt(4 * word) & WORD);
            sum[word] = carry & WORD;
            carry >>>= 32;
        }
        rows++;
    }

    String hexadecimal() {
        ByteBuffer all = ByteBuffer.allocate(DIGEST + Long.BYTES);
        for (long word : sum) {
            all.putInt((int) word);
        }
        all.putLong(rows);
        return HexFormat.of().formatHex(Fingerprint.sha256().digest(all.array()));
    }
}
