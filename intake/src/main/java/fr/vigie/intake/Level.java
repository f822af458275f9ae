package fr.vigie.intake;

/** How grave a finding is (domaine 3.4); the names are the letters of the column {@code niveau} of the rejects. */
enum Level {
    /** The line is rejected. */
    E,
    /** Warning, the line is kept. */
    A,
    /** Information, the line is kept. */
    I
}
