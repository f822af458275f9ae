package fr.vigie.batch;

/** A command that ends with a sentence for people: what happened, why, and the remedy. */
public final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private Failure(int exitCode, String sentence, Throwable cause) {
        super(sentence, cause);
        this.exitCode = exitCode;
    }

    /** Something that the person did not do wrong. */
    public static Failure of(String sentence) {
        return new Failure(1, sentence, new IllegalStateException(sentence));
    }

    public static Failure of(String sentence, Throwable cause) {
        return new Failure(1, sentence, cause);
    }

    /** A wrong word on the command line. */
    public static Failure usage(String sentence) {
        return new Failure(2, sentence, new IllegalArgumentException(sentence));
    }

    public int exitCode() {
        return exitCode;
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
