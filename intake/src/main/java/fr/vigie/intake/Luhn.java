package fr.vigie.intake;

/** The key of FINESS, RPPS and SIRET numbers. */
final class Luhn {

    private Luhn() {}

    /** @param digits digits only, the key included */
    static boolean isValid(String digits) {
        int sum = 0;
        boolean doubled = false;
        for (int index = digits.length() - 1; index >= 0; index--) {
            int digit = digits.charAt(index) - '0';
            if (doubled) {
                digit = digit > 4 ? digit * 2 - 9 : digit * 2;
            }
            sum += digit;
            doubled = !doubled;
        }
        return sum % 10 == 0;
    }

    static boolean isDigits(String text, int length) {
        if (text.length() != length) {
            return false;
        }
        for (int index = 0; index < length; index++) {
            if (text.charAt(index) < '0' || text.charAt(index) > '9') {
                return false;
            }
        }
        return true;
    }
}
