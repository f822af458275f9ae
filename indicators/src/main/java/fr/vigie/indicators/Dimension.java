package fr.vigie.indicators;

import java.util.Optional;
import java.util.stream.Stream;

/** What values can be broken down by (contrat.md 4), and the gold column that holds it. */
public enum Dimension {
    AGE("age", "classe_age"),
    SEXE("sexe", "sexe"),
    PATHOLOGIE("pathologie", "pathologies"),
    VULNERABILITE("vulnerabilite", "vulnerabilites"),
    ETABLISSEMENT("etablissement", "etablissement"),
    DISPOSITIF("dispositif", "dispositif"),
    PROFESSION("profession", "profession"),
    MODE("mode", "mode"),
    REGLE("regle", "regle"),
    SENS("sens", "sens");

    private final String code;
    private final String column;

    Dimension(String code, String column) {
        this.code = code;
        this.column = column;
    }

    public String code() {
        return code;
    }

    public String column() {
        return column;
    }

    /** A fact counts under each of several values, so that their sum passes the total (domaine 0.9). */
    public boolean isMultivalued() {
        return this == PATHOLOGIE || this == VULNERABILITE;
    }

    public static Optional<Dimension> named(String code) {
        return Stream.of(values())
                .filter(dimension -> dimension.code.equals(code))
                .findFirst();
    }
}
