package fr.vigie.intake;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;

/** Finds the delimiter in the header line: the one of {@code ;}, {@code ,} and tab that stands most often outside quotes. */
final class Delimiter {

    private static final int LONGEST_HEADER = 1 << 20;

    private Delimiter() {}

    static char of(Reader text) throws IOException {
        BufferedReader reader = new BufferedReader(text);
        int semicolons = 0;
        int commas = 0;
        int tabs = 0;
        boolean quoted = false;
        boolean started = false;
        for (int count = 0; count < LONGEST_HEADER; count++) {
            int character = reader.read();
            if (character < 0 || (!quoted && started && (character == '\n' || character == '\r'))) {
                break;
            }
            started |= !Character.isWhitespace(character);
            if (character == '"') {
                quoted = !quoted;
            } else if (!quoted) {
                semicolons += character == ';' ? 1 : 0;
                commas += character == ',' ? 1 : 0;
                tabs += character == '\t' ? 1 : 0;
            }
        }
        if (semicolons >= commas && semicolons >= tabs) {
            return ';';
        }
        return commas >= tabs ? ',' : '\t';
    }
}
