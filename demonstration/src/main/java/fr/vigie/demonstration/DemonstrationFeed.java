package fr.vigie.demonstration;

import java.util.List;

/** The feeds of the demonstration, with their columns in the order of domaine 3.5, and the version of the line last. */
enum DemonstrationFeed {
    PATIENTS(
            "patients",
            "patient_id date_naissance sexe commune_insee commune_debut commune_fin qpv ald pathologies vulnerabilites gir"
                    + " date_deces opposition date_maj"),
    DECLARATIONS_MT("declarations_mt", "patient_id rpps finess date_debut date_fin motif_fin source date_maj"),
    ORIENTATIONS(
            "orientations",
            "orientation_id source patient_id chaine_id orientation_precedente_id type_demande type_obtenu date_emission"
                    + " date_reception date_reponse date_realisation date_cloture date_retour_emetteur date_souhaitee statut"
                    + " motif emetteur_type emetteur_id destinataire_type destinataire_id urgence commune_insee"
                    + " evenement_origine_id theme date_maj"),
    RENDEZ_VOUS(
            "rendez_vous",
            "rdv_id source patient_id orientation_id date_heure_debut duree_min date_heure_prise statut date_heure_statut"
                    + " rdv_remplace_id mode profession specialite rpps finess commune_lieu creneau_dedie creneau_id"
                    + " dispositif_id motif theme date_maj"),
    EVENEMENTS(
            "evenements",
            "evenement_id source patient_id type date_heure date_heure_fin finess structure_id dispositif_id rpps theme code"
                    + " resultat mode_entree provenance transport ccmu mode_sortie destination orientation_rpu programme"
                    + " convoque lit_id lien_evenement_id orientation_id commune_insee valeur date_maj"),
    CRENEAUX("creneaux", "creneau_id source dispositif_id date_heure_debut duree_min profession commune_lieu date_maj"),
    PROFESSIONNELS(
            "professionnels",
            "rpps profession specialite commune_exercice mode_exercice date_debut date_fin motif_fin msu msu_debut msu_fin"
                    + " docteur_junior date_maj");

    private final String feedName;

    @SuppressWarnings("ImmutableEnumChecker") // List.of() is immutable; the checker would want a type that says so
    private final List<String> columns;

    DemonstrationFeed(String feedName, String columns) {
        this.feedName = feedName;
        this.columns = List.of(columns.split(" "));
    }

    String feedName() {
        return feedName;
    }

    List<String> columns() {
        return columns;
    }

    Line line() {
        return new Line(this, new String[columns.size()]);
    }

    int position(String column) {
        int position = columns.indexOf(column);
        if (position < 0) {
            throw new IllegalArgumentException("the feed " + feedName + " has no column " + column);
        }
        return position;
    }
}
