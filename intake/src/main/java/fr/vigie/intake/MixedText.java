package fr.vigie.intake;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Text of which some is UTF-8 and some Windows-1252, as exports make that put two files end to end, or a name typed elsewhere: each character is
 * read as what it is, and the lines of the rarer kind are remembered, to be told.
 */
final class MixedText extends Reader {

    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private final InputStream stream;
    private final boolean isMostlyUtf8;
    private final byte[] bytes = new byte[1 << 13];
    private final StringBuilder text = new StringBuilder();
    private final Queue<Long> lines = new ArrayDeque<>();
    private int at;
    private int end;
    private int given;
    private boolean ended;
    private long line = 1;
    private long told;
    private boolean afterReturn;

    MixedText(InputStream stream, boolean isMostlyUtf8) {
        this.stream = stream;
        this.isMostlyUtf8 = isMostlyUtf8;
    }

    /** The next line, up to this one, that holds text of the rarer kind; 0 when there is none. Each is given once, in order. */
    long nextLine(long upTo) {
        Long next = lines.peek();
        if (next == null || next > upTo) {
            return 0;
        }
        lines.remove();
        return next;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        while (given == text.length()) {
            if (!decode()) {
                return -1;
            }
        }
        int count = Math.min(length, text.length() - given);
        text.getChars(given, given + count, buffer, offset);
        given += count;
        return count;
    }

    private boolean decode() throws IOException {
        System.arraycopy(bytes, at, bytes, 0, end - at);
        end -= at;
        at = 0;
        int read = ended ? -1 : stream.readNBytes(bytes, end, bytes.length - end);
        ended |= end + Math.max(0, read) < bytes.length;
        end += Math.max(0, read);
        text.setLength(0);
        given = 0;
        // A character may go on in the bytes to come.
        while (at < end && (ended || at + Utf8.LONGEST <= end)) {
            one();
        }
        return text.length() > 0;
    }

    private void one() {
        int length = Utf8.length(bytes, at, end);
        if (length == 1) {
            char character = (char) bytes[at++];
            line += character == '\r' || character == '\n' && !afterReturn ? 1 : 0;
            afterReturn = character == '\r';
            text.append(character);
            return;
        }
        afterReturn = false;
        boolean isUtf8 = length > 1 && (isMostlyUtf8 || Utf8.isFrench(bytes, at, length));
        int taken = isUtf8 ? length : 1;
        text.append(new String(bytes, at, taken, isUtf8 ? StandardCharsets.UTF_8 : WINDOWS_1252));
        at += taken;
        if (isUtf8 != isMostlyUtf8 && told != line) {
            told = line;
            lines.add(line);
        }
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
