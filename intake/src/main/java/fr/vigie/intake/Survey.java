package fr.vigie.intake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What one reading of the bytes tells before any line is parsed.
 *
 * @param sha256 64 hexadecimal digits, of the uncompressed bytes
 * @param isText whether the bytes can be text
 * @param isBlank whether there is nothing but spaces and byte order marks
 */
record Survey(String sha256, Encoding encoding, boolean isText, boolean isBlank) {

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
        MessageDigest digest = newDigest();
        Utf8Check utf8 = new Utf8Check();
        byte[] buffer = new byte[1 << 16];
        long bytes = 0;
        long controls = 0;
        long undefined = 0;
        boolean nul = false;
        boolean blank = true;
        int read;
        while ((read = stream.read(buffer)) > 0) {
            digest.update(buffer, 0, read);
            bytes += read;
            for (int index = 0; index < read; index++) {
                int value = buffer[index] & 0xFF;
                utf8.accept(value);
                if (value < 0x20 || value == 0x7F) {
                    if (value == 0) {
                        nul = true;
                    } else if (value != '\t' && value != '\n' && value != '\r' && value != '\f') {
                        controls++;
                    }
                } else if (value == 0x81 || value == 0x8D || value == 0x8F || value == 0x90 || value == 0x9D) {
                    undefined++;
                }
                blank &= value <= 0x20 || value == 0xEF || value == 0xBB || value == 0xBF;
            }
        }
        boolean isUtf8 = utf8.isValid();
        long odd = controls + (isUtf8 ? 0 : undefined);
        // A stray control character in a comment is not a reason to refuse a whole file; one in a thousand bytes is.
        boolean isText = !nul && odd * 1000 <= bytes;
        return new Survey(
                HexFormat.of().formatHex(digest.digest()),
                isUtf8 ? Encoding.UTF_8 : Encoding.WINDOWS_1252,
                isText,
                blank);
    }

    static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Strict UTF-8, byte by byte: no overlong form, no surrogate, nothing after U+10FFFF. */
    private static final class Utf8Check {
        private boolean valid = true;
        private int expected;
        private int low = 0x80;
        private int high = 0xBF;

        void accept(int value) {
            if (value < 0x80 && expected == 0) {
                return;
            }
            if (expected > 0) {
                valid &= value >= low && value <= high;
                expected--;
                low = 0x80;
                high = 0xBF;
            } else if (value >= 0xC2 && value <= 0xDF) {
                expected = 1;
            } else if (value >= 0xE0 && value <= 0xEF) {
                expected = 2;
                low = value == 0xE0 ? 0xA0 : 0x80;
                high = value == 0xED ? 0x9F : 0xBF;
            } else if (value >= 0xF0 && value <= 0xF4) {
                expected = 3;
                low = value == 0xF0 ? 0x90 : 0x80;
                high = value == 0xF4 ? 0x8F : 0xBF;
            } else {
                valid = false;
            }
        }

        boolean isValid() {
            return valid && expected == 0;
        }
    }
}
