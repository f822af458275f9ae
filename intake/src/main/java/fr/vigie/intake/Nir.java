package fr.vigie.intake;

import java.util.Locale;
import java.util.OptionalInt;

/** The number of the répertoire national d'identification, 13 characters and a key of two digits (domaine 3.3). */
final class Nir {

    private Nir() {}

    /** Spaces out, upper case. */
    static String normalise(String text) {
        return text.replace(" ", "").toUpperCase(Locale.ROOT);
    }

    /**
     * Whether a normalised text has every part of a NIR in its place. The month says nothing: an incomplete civil status goes beyond 12, and the
     * false example of FR Core (123456789012244) has 45. Where a source's own identifiers may count 15 digits, a mapping declares them opaque.
     */
    static boolean hasStructure(String text) {
        if (text.length() != 15 || !Luhn.isDigits(text.substring(0, 5), 5) || !Luhn.isDigits(text.substring(7), 8)) {
            return false;
        }
        char sexe = text.charAt(0);
        return "123478".indexOf(sexe) >= 0 && isDepartement(text.substring(5, 7));
    }

    /** The key that the first 13 characters call for, 1 to 97; empty when they are not those of a NIR. */
    static OptionalInt key(String text) {
        String body = text.substring(0, Math.min(13, text.length()));
        int corse = 0;
        if (body.startsWith("2A", 5)) {
            corse = 1_000_000;
            body = body.replace('A', '0');
        } else if (body.startsWith("2B", 5)) {
            corse = 2_000_000;
            body = body.replace('B', '0');
        }
        if (!Luhn.isDigits(body, 13)) {
            return OptionalInt.empty();
        }
        return OptionalInt.of((int) (97 - (Long.parseLong(body) - corse) % 97));
    }

    static boolean hasRightKey(String text) {
        OptionalInt key = key(text);
        return text.length() == 15 && key.isPresent() && text.substring(13).equals(twoDigits(key.getAsInt()));
    }

    static String twoDigits(int key) {
        return key < 10 ? "0" + key : Integer.toString(key);
    }

    private static boolean isDepartement(String text) {
        return text.equals("2A") || text.equals("2B") || (Luhn.isDigits(text, 2) && !text.equals("00"));
    }
}
