package fr.vigie.intake;

import java.text.Normalizer;

/**
 * The canonical form of any text: trimmed, every run of spaces, line ends and control characters one space, what cannot be seen taken out,
 * accents composed.
 */
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
                    || character > 0x9F && !isSpace(character) && !isInvisible(character);
            ascii &= character < 0x80;
            before = character;
        }
        if (clean && ascii && (text.isEmpty() || before != ' ')) {
            return text;
        }
        StringBuilder collapsed = new StringBuilder(text.length());
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            if (isInvisible(character)) {
                continue;
            }
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

    /** Whether nothing is left of the text. */
    static boolean isBlank(String text) {
        for (int index = 0; index < text.length(); index++) {
            if (!isSpace(text.charAt(index)) && !isInvisible(text.charAt(index))) {
                return false;
            }
        }
        return true;
    }

    /** What is pasted with a text and cannot be seen: marks of direction, of joining, of byte order. */
    private static boolean isInvisible(char character) {
        return character > 0x9F && Character.getType(character) == Character.FORMAT;
    }

    private static boolean isSpace(char character) {
        return Character.isWhitespace(character)
                || Character.isSpaceChar(character)
                || Character.isISOControl(character);
    }
}
