package fr.vigie.intake;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** A text as two people would both have typed it: case, accents, spaces and the shape of apostrophes and hyphens do not count. */
final class FoldedText {

    private static final Pattern MARKS_AND_SPACES = Pattern.compile("[\\p{M}\\p{Z}\\s]+");

    private FoldedText() {}

    static String of(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        String lower = Normalizer.normalize(text, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
        for (int index = 0; index < lower.length(); index++) {
            char character = lower.charAt(index);
            switch (character) {
                case '’', '‘', 'ʼ', '`' -> folded.append('\'');
                case '‐', '‑', '–', '—', '−' -> folded.append('-');
                case 'œ' -> folded.append("oe");
                case 'æ' -> folded.append("ae");
                default -> folded.append(character);
            }
        }
        return MARKS_AND_SPACES.matcher(folded).replaceAll("");
    }
}
