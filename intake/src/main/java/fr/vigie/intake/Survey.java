package fr.vigie.intake;

import fr.vigie.schema.Fingerprint;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What one reading of the bytes tells before any line is parsed.
 *
 * @param sha256 64 hexadecimal digits, of the uncompressed bytes
 * @param notTextLine the line of the first byte that shows that this is no text; 0 when it can be text
 */
record Survey(String sha256, FileKind kind, Encoding encoding, long notTextLine) {

    private static final int HEAD = 128;

    static Survey of(InputFile file) throws Refusal {
        try (InputStream stream = file.open()) {
            return of(stream);
        } catch (LimitedStream.Exceeded exceeded) {
            throw new Refusal(
                    "ZIP_DANGEREUX",
                    "Fichier refusé\u00a0: il se décompresse en une taille anormale (bombe de décompression).");
        } catch (AccessDeniedException denied) {
            // The file itself may be sound: sending it again would change nothing.
            throw new Refusal(
                    "FICHIER_ILLISIBLE",
                    "Fichier que ce compte n’a pas le droit de lire\u00a0: donnez-lui ce droit et relancez.");
        } catch (IOException problem) {
            throw new Refusal("FICHIER_ILLISIBLE", "Fichier illisible ou archive endommagée\u00a0: renvoyez-le.");
        }
    }

    static Survey of(InputStream stream) throws IOException {
        MessageDigest digest = Fingerprint.sha256();
        Count count = new Count();
        byte[] buffer = new byte[1 << 16];
        byte[] head = {};
        int held = 0;
        int read;
        while ((read = stream.readNBytes(buffer, held, buffer.length - held)) > 0) {
            digest.update(buffer, held, read);
            int end = held + read;
            head = head.length == 0 ? Arrays.copyOf(buffer, Math.min(HEAD, end)) : head;
            int at = count.take(buffer, end, end < buffer.length);
            held = end - at;
            System.arraycopy(buffer, at, buffer, 0, held);
        }
        count.take(buffer, held, true);
        Encoding encoding = count.encoding(head);
        boolean isUtf16 = encoding == Encoding.UTF_16LE || encoding == Encoding.UTF_16BE;
        return new Survey(
                HexFormat.of().formatHex(digest.digest()),
                FileKind.of(head),
                encoding,
                isUtf16 ? 0 : count.notTextLine());
    }

    /** What the bytes are made of. */
    private static final class Count {
        private static final int FEW = 3;
        private static final int MANY = 10;

        private long bytes;
        private long controls;
        private long nulsAtEvenPlaces;
        private long nulsAtOddPlaces;

        private long frenchSequences;
        private long foreign;
        private long line = 1;
        private long sequences;
        private long firstNulLine;
        private long firstControlLine;
        private boolean afterReturn;

        /** Counts up to where a character might go on in the bytes to come, and says where that is. */
        int take(byte[] buffer, int end, boolean isLast) {
            int at = 0;
            while (at < end && (isLast || at + Utf8.LONGEST <= end)) {
                int value = buffer[at] & 0xFF;
                int length = 1;
                if (value >= 0x80) {
                    length = several(buffer, at, end);
                } else if (value < 0x20 || value == 0x7F) {
                    control(value);
                }
                afterReturn = value == '\r';
                bytes += length;
                at += length;
            }
            return at;
        }

        private int several(byte[] buffer, int at, int end) {
            int length = Utf8.length(buffer, at, end);
            if (length == 0) {
                foreign++;
                return 1;
            }
            sequences++;
            frenchSequences += Utf8.isFrench(buffer, at, length) ? 1 : 0;
            return length;
        }

        private void control(int value) {
            if (value == 0) {
                firstNulLine = firstNulLine == 0 ? line : firstNulLine;
                nulsAtEvenPlaces += bytes % 2 == 0 ? 1 : 0;
                nulsAtOddPlaces += bytes % 2;
            } else if (value == '\n' || value == '\r') {
                line += value == '\r' || !afterReturn ? 1 : 0;
            } else if (value != '\t' && value != '\f') {
                firstControlLine = controls == 0 ? line : firstControlLine;
                controls++;
            }
        }

        /** A mark says what it says; without one, text in UTF-16 holds a zero in most of its pairs of bytes, always on the same side. */
        Encoding encoding(byte[] head) {
            if (starts(head, 0xFF, 0xFE) || isMostly(nulsAtOddPlaces, nulsAtEvenPlaces)) {
                return Encoding.UTF_16LE;
            }
            if (starts(head, 0xFE, 0xFF) || isMostly(nulsAtEvenPlaces, nulsAtOddPlaces)) {
                return Encoding.UTF_16BE;
            }
            if (foreign == 0) {
                return Encoding.UTF_8;
            }
            if (starts(head, 0xEF, 0xBB, 0xBF) || frenchSequences > foreign || sequences > MANY * foreign) {
                return Encoding.MOSTLY_UTF_8;
            }
            return frenchSequences > 0 ? Encoding.MOSTLY_WINDOWS_1252 : Encoding.WINDOWS_1252;
        }

        private boolean isMostly(long nuls, long others) {
            return bytes % 2 == 0 && nuls * 4 > bytes && others * 100 < nuls;
        }

        private static boolean starts(byte[] head, int... mark) {
            for (int index = 0; index < mark.length; index++) {
                if (index >= head.length || (head[index] & 0xFF) != mark[index]) {
                    return false;
                }
            }
            return true;
        }

        /** A stray control character in a comment is not a reason to refuse a whole file; one in a thousand bytes is. */
        long notTextLine() {
            boolean hasFew = controls <= FEW || controls * 1000 <= bytes;
            return firstNulLine > 0 || hasFew ? firstNulLine : firstControlLine;
        }
    }
}
