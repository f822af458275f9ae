package fr.vigie.intake;

/** What the making of a value out of a foreign record calls for, beside the value. */
interface Remarks {

    Remarks NONE = new Remarks() {
        @Override
        public void doubt(Finding finding) {}

        @Override
        public void untranslated(String text, boolean isReplaced) {}
    };

    /** Said of the line, if it is kept. */
    void doubt(Finding finding);

    /**
     * A text that stands in no translation of the mapping.
     *
     * @param isReplaced whether {@code otherwise} took its place
     */
    void untranslated(String text, boolean isReplaced);
}
