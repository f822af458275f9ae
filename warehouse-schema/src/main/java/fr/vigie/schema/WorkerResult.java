package fr.vigie.schema;

import java.util.List;

/**
 * The files that the worker leaves in the exchange folder: UTF-8 CSV, {@code ;}, one header, no row content of a patient. A file is there
 * whole or not at all once {@link #DONE} stands beside it.
 */
public final class WorkerResult {

    /** Empty file written last. */
    public static final String DONE = "_DONE";

    /** Instead of {@link #DONE}, when the lake holds what this version cannot read: one sentence for people. */
    public static final String UNREADABLE = "illisible.txt";

    /**
     * What is found across lines: {@code livraison;ligne;colonne;niveau;code;message;valeur}. Every error (level E) of every delivery that counts,
     * whatever run found it, and the warnings of the arriving ones.
     */
    public static final String REJECTS = "rejets.csv";

    /** The arriving deliveries that cycles made refused, one a line. */
    public static final String REFUSED = "refusees.txt";

    /** Folder of CSV parts without header, the columns of {@link #MEASURE_COLUMNS}: one row per published value. */
    public static final String MEASURES = "mesures";

    /** Folder of CSV parts without header, the columns of {@link #STEP_COUNT_COLUMNS}: one row per step of a funnel. */
    public static final String STEP_COUNTS = "effectifs";

    /** CSV without header, the columns of {@link #LINE_COLUMNS}: a reading and a breakdown. */
    public static final String LINES = "lignes.csv";

    /** CSV without header, the columns of {@link #TERRITORY_COLUMNS}: every territory of the référentiel. */
    public static final String TERRITORIES = "territoires.csv";

    /** CSV without header, the columns of {@link #PERIOD_COLUMNS}. */
    public static final String PERIODS = "periodes.csv";

    /** CSV without header, the columns of {@link #STEP_COLUMNS}: a step of the funnel of a reading, with its reason. */
    public static final String STEPS = "etapes.csv";

    /** CSV without header, the columns of {@link #SCOPE_COLUMNS}: which territories a département or a CPTS answers for, itself among them. */
    public static final String SCOPES = "ressorts.csv";

    public static final List<String> SCOPE_COLUMNS = List.of("porteur", "membre");

    public static final List<String> LINE_COLUMNS = List.of("ligne", "indicateur", "version", "cible", "ventilation");

    public static final List<String> TERRITORY_COLUMNS =
            List.of("territoire", "territoire_type", "territoire_code", "libelle");

    public static final List<String> PERIOD_COLUMNS = List.of("periode", "code");

    public static final List<String> STEP_COLUMNS = List.of("etape", "indicateur", "nom", "motif");

    public static final List<String> MEASURE_COLUMNS = List.of(
            "ligne",
            "territoire",
            "periode",
            "numerateur",
            "denominateur",
            "valeur",
            "ic_bas",
            "ic_haut",
            "verdict",
            "statut");

    public static final List<String> STEP_COUNT_COLUMNS = List.of("etape", "territoire", "periode", "effectif");

    /** What a reader sees of a value, its codes spelt out (contrat.md 3). */
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

    /**
     * First word of a line of progress on the worker's standard output, followed by tab-separated: steps done, steps in all, French label of
     * the step that begins. Everything else that the worker says goes to its log.
     */
    public static final String PROGRESS = "@etape";

    private WorkerResult() {}
}
