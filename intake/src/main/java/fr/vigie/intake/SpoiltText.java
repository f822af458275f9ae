package fr.vigie.intake;

import java.util.Optional;
import java.util.Set;

/** Values that a tool has spoilt on their way: what they were cannot be known. */
final class SpoiltText {

    private static final char LOST = '\uFFFD';

    /** What a spreadsheet writes for a formula without result, in English and in French, or for a column that is too narrow. */
    private static final Set<String> NO_RESULT = Set.of(
            "#N/A",
            "#REF!",
            "#DIV/0!",
            "#VALUE!",
            "#VALEUR!",
            "#NAME?",
            "#NOM?",
            "#NUM!",
            "#NOMBRE!",
            "#NULL!",
            "#NUL!",
            "#SPILL!",
            "#PROPAGATION!",
            "#CALC!",
            "#CALCUL!");

    private SpoiltText() {}

    /** @param level of the finding */
    static Optional<Finding> find(String value, Level level) {
        if (value.indexOf(LOST) >= 0) {
            return Optional.of(
                    new Finding(
                            level,
                            "CARACTERE_ILLISIBLE",
                            "Caractère illisible\u00a0: octet qui n’existe pas en Windows-1252, ou perdu par une conversion\u202f; refaites l’export en UTF-8."));
        }
        boolean isError = value.startsWith("#") && (NO_RESULT.contains(value) || value.startsWith("###"));
        return isError
                ? Optional.of(
                        new Finding(
                                level,
                                "ERREUR_DE_TABLEUR",
                                "Erreur de tableur au lieu d’une valeur\u00a0: corrigez la formule ou élargissez la colonne avant l’export."))
                : Optional.empty();
    }
}
