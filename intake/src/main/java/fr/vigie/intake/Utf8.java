package fr.vigie.intake;

/** Strict UTF-8: no overlong form, no surrogate, nothing after U+10FFFF. */
final class Utf8 {

    /** The longest sequence of bytes. */
    static final int LONGEST = 4;

    private Utf8() {}

    /**
     * How many bytes make the character that begins here.
     *
     * @param end where the bytes end
     * @return 1 to 4, or 0 when none begins here
     */
    static int length(byte[] bytes, int at, int end) {
        int first = bytes[at] & 0xFF;
        if (first < 0x80) {
            return 1;
        }
        int length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? LONGEST : 0;
        if (length == 0 || at + length > end) {
            return 0;
        }
        int second = bytes[at + 1] & 0xFF;
        int low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        int high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        if (second < low || second > high) {
            return 0;
        }
        for (int next = at + 2; next < at + length; next++) {
            if ((bytes[next] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    /**
     * Whether a sequence of several bytes is what French text holds, and not Windows-1252 that looks like it by chance: {@code é}, a no-break
     * space and a guillemet are such a chance, {@code Ã©} is none.
     */
    static boolean isFrench(byte[] bytes, int at, int length) {
        int first = bytes[at] & 0xFF;
        int second = length > 1 ? bytes[at + 1] & 0xFF : 0;
        return switch (length) {
            case 2 -> first == 0xC2 || first == 0xC3 || first == 0xC5;
            case 3 -> first == 0xE2 && (second == 0x80 || second == 0x82 || second == 0x84);
            default -> length == LONGEST;
        };
    }
}
