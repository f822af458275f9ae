package fr.vigie.intake;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** How the bytes of a text file become characters (domaine 3.4), as {@link Survey} tells it from all of them. */
enum Encoding {
    UTF_8(StandardCharsets.UTF_8),
    WINDOWS_1252(Charset.forName("windows-1252")),
    /** « Texte Unicode » of Excel. */
    UTF_16LE(StandardCharsets.UTF_16LE),
    UTF_16BE(StandardCharsets.UTF_16BE),
    /** UTF-8 with some foreign bytes, which are told. */
    MOSTLY_UTF_8(StandardCharsets.UTF_8),
    /** Windows-1252 with some text in UTF-8, which is told. */
    MOSTLY_WINDOWS_1252(StandardCharsets.UTF_8);

    private final Charset charset;
    private final byte[] mark;

    Encoding(Charset charset) {
        this.charset = charset;
        this.mark = "\uFEFF".getBytes(charset);
    }

    /** A reader past the byte order marks: some exports write two of them. */
    Reader reader(InputStream stream) throws IOException {
        InputStream bytes = this == WINDOWS_1252 ? stream : pastMarks(stream);
        return switch (this) {
            case MOSTLY_UTF_8 -> new MixedText(bytes, true);
            case MOSTLY_WINDOWS_1252 -> new MixedText(bytes, false);
            default -> new InputStreamReader(bytes, charset);
        };
    }

    private InputStream pastMarks(InputStream stream) throws IOException {
        PushbackInputStream bytes = new PushbackInputStream(stream, mark.length);
        byte[] start = new byte[mark.length];
        while (true) {
            int read = bytes.readNBytes(start, 0, start.length);
            if (!Arrays.equals(start, 0, read, mark, 0, mark.length)) {
                bytes.unread(start, 0, read);
                return bytes;
            }
        }
    }
}
