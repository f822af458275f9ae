package fr.vigie.intake;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** The two encodings of domaine.md 3.4: UTF-8 when every byte obeys it, otherwise Windows-1252. */
enum Encoding {
    UTF_8(StandardCharsets.UTF_8),
    WINDOWS_1252(Charset.forName("windows-1252"));

    private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final Charset charset;

    Encoding(Charset charset) {
        this.charset = charset;
    }

    /** A reader past the byte order marks: some exports write two of them. */
    Reader reader(InputStream stream) throws IOException {
        PushbackInputStream bytes = new PushbackInputStream(stream, BOM.length);
        byte[] start = new byte[BOM.length];
        while (true) {
            int read = bytes.readNBytes(start, 0, start.length);
            if (read == BOM.length && start[0] == BOM[0] && start[1] == BOM[1] && start[2] == BOM[2]) {
                continue;
            }
            bytes.unread(start, 0, read);
            return new InputStreamReader(bytes, charset);
        }
    }
}
