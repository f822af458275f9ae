package fr.vigie.pipelines;

/** The lake holds what this version cannot read: nothing is computed, and the sentence, for people, says what and the remedy. */
final class Unreadable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Unreadable(String sentence) {
        super(sentence);
    }
}
