package fr.vigie.intake;

/**
 * What is wrong with a value or a line, and what was expected.
 *
 * @param code upper case, stable
 * @param message French, without any value of the line
 */
record Finding(Level level, String code, String message) {

    static Finding error(String code, String message) {
        return new Finding(Level.E, code, message);
    }

    static Finding warning(String code, String message) {
        return new Finding(Level.A, code, message);
    }

    static Finding information(String code, String message) {
        return new Finding(Level.I, code, message);
    }
}
