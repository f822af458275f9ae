package fr.vigie.intake;

import java.util.List;

/**
 * Columns whose dates should follow one another (domaine 3.5). A break is a warning: the line counts, its delays do not.
 *
 * @param columns in the expected order; absent or empty ones are skipped
 */
record DateOrder(List<String> columns) {

    static final List<DateOrder> ALL = List.of(
            new DateOrder(List.of("date_emission", "date_reception", "date_reponse", "date_realisation")),
            new DateOrder(List.of("date_heure_prise", "date_heure_debut")),
            new DateOrder(List.of("date_heure", "date_heure_fin")),
            new DateOrder(List.of("date_naissance", "date_deces")),
            new DateOrder(List.of("commune_debut", "commune_fin")),
            new DateOrder(List.of("msu_debut", "msu_fin")),
            new DateOrder(List.of("date_debut", "date_fin")));

    static Finding broken(String earlier, String later) {
        return Finding.warning(
                "ORDRE_DES_DATES",
                "Dates dans le désordre\u00a0: «\u00a0" + later + "\u00a0» précède «\u00a0" + earlier + "\u00a0».");
    }
}
