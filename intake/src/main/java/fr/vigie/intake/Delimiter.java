package fr.vigie.intake;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What separates the values of a file: what Excel's own first line ({@code sep=;}) declares, else the one of {@code ;}, {@code ,}, tab and
 * {@code |} that stands most often outside quotes in the header.
 *
 * @param isDeclared whether the first line is that declaration, and no header
 */
record Delimiter(char character, boolean isDeclared) {

    private static final int LONGEST_HEADER = 1 << 20;
    private static final String CANDIDATES = ";,\t|";
    private static final Pattern DECLARATION = Pattern.compile("(?i)\"?sep=([^\"\\r\\n])\"?[;, \t]*");

    static Delimiter of(Reader text) throws IOException {
        String header = header(new BufferedReader(text));
        Matcher declaration = DECLARATION.matcher(header);
        if (declaration.matches()) {
            return new Delimiter(declaration.group(1).charAt(0), true);
        }
        int[] counts = new int[CANDIDATES.length()];
        boolean quoted = false;
        for (int index = 0; index < header.length(); index++) {
            char character = header.charAt(index);
            quoted ^= character == '"';
            int candidate = quoted ? -1 : CANDIDATES.indexOf(character);
            if (candidate >= 0) {
                counts[candidate]++;
            }
        }
        int best = 0;
        for (int candidate = 1; candidate < counts.length; candidate++) {
            best = counts[candidate] > counts[best] ? candidate : best;
        }
        return new Delimiter(CANDIDATES.charAt(best), false);
    }

    /** The first line that is not blank nor made of delimiters alone; a line end between quotes is none. */
    private static String header(Reader text) throws IOException {
        StringBuilder header = new StringBuilder();
        boolean quoted = false;
        boolean started = false;
        for (int count = 0; count < LONGEST_HEADER; count++) {
            int character = text.read();
            boolean ends = character == '\n' || character == '\r';
            if (character < 0 || ends && !quoted && started) {
                break;
            }
            if (ends && !quoted) {
                header.setLength(0);
                continue;
            }
            quoted ^= character == '"';
            started |= !Character.isWhitespace(character) && character != '"' && CANDIDATES.indexOf(character) < 0;
            header.append((char) character);
        }
        return header.toString();
    }
}
