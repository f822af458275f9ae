package fr.vigie.intake;

/** A file that cannot be taken at all: a data problem with a sentence for the person who sent it, not a failure of the program. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final long line;

    Refusal(String code, String sentence) {
        this(code, sentence, 1);
    }

    /** @param line of the file where the reason stands */
    Refusal(String code, String sentence, long line) {
        super(sentence);
        this.code = code;
        this.line = line;
    }

    long line() {
        return line;
    }

    String code() {
        return code;
    }

    /** The reason in French: what is wrong, why, and the remedy. */
    String sentence() {
        return String.valueOf(getMessage());
    }
}
