package fr.vigie.intake;

import java.text.Normalizer;

/** The canonical form of any text: trimmed, every run of spaces, line ends and control characters one space, accents composed. */
final class CleanText {

    private CleanText() {}

    static String of(String text) {
        boolean clean = true;
        boolean ascii = true;
        char before = ' ';
        for (int index = 0; index < text.length() && clean; index++) {
            char character = text.charAt(index);
            clean = character > ' ' && character < 0x7F
                    || character == ' ' && before != ' '
                    || character > 0x9F && !isSpace(character);
            ascii &= character < 0x80;
            before = character;
        }
        if (clean && ascii && (text.isEmpty() || before != ' ')) {
            return text;
        }
        StringBuilder collapsed = new StringBuilder(text.length());
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            if (!isSpace(character)) {
                collapsed.append(character);
            } else if (collapsed.length() > 0 && collapsed.charAt(collapsed.length() - 1) != ' ') {
                collapsed.append(' ');
            }
        }
        int length = collapsed.length();
        if (length > 0 && collapsed.charAt(length - 1) == ' ') {
            collapsed.setLength(length - 1);
        }
        return Normalizer.normalize(collapsed, Normalizer.Form.NFC);
    }

    private static boolean isSpace(char character) {
        return Character.isWhitespace(character)
                || Character.isSpaceChar(character)
                || Character.isISOControl(character)
                || character == '\uFEFF'
                || character == '\u200B';
    }
}
