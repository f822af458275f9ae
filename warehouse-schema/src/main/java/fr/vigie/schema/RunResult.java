package fr.vigie.schema;

import java.util.List;

/**
 * The files that the worker leaves in the exchange folder: UTF-8 CSV, {@code ;}, one header, no row content of a patient. A file is there
 * whole or not at all once {@link #DONE} stands beside it.
 */
public final class RunResult {

    /** Empty file written last. */
    public static final String DONE = "_DONE";

    /** Rejects and warnings found across lines: {@code livraison;ligne;colonne;niveau;code;message;valeur}. */
    public static final String REJECTS = "rejets.csv";

    /** Per delivery of this run: {@code livraison;rejetees;avertissements;refusee} (found by the worker alone). */
    public static final String COUNTS = "comptes.csv";

    /** Folder of CSV parts without header, the columns of {@link #VALUE_COLUMNS}. */
    public static final String VALUES = "valeurs";

    /** Folder of CSV parts without header, the columns of {@link #FUNNEL_COLUMNS}. */
    public static final String FUNNEL = "entonnoirs";

    /** Folder of CSV parts without header: {@code territoire_type;territoire_code;libelle}, every territory of the référentiel. */
    public static final String TERRITORIES = "territoires";

    public static final List<String> VALUE_COLUMNS = List.of(
            "indicateur",
            "version",
            "territoire_type",
            "territoire_code",
            "territoire_libelle",
            "periode",
            "ventilation",
            "numerateur",
            "denominateur",
            "valeur",
            "ic_bas",
            "ic_haut",
            "cible",
            "verdict",
            "statut");

    public static final List<String> FUNNEL_COLUMNS =
            List.of("indicateur", "territoire_type", "territoire_code", "periode", "etape", "motif", "effectif");

    /**
     * First word of a line of progress on the worker's standard output, followed by tab-separated: steps done, steps in all, French label of
     * the step that begins. Everything else that the worker says goes to its log.
     */
    public static final String PROGRESS = "@etape";

    private RunResult() {}
}
