package fr.vigie.verification.deliveries;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a feed tells a fact, and what of it contrat.md 2 goes by: each fact has a natural key of its own, with the source where the key holds it. */
enum Shape {
    RENDEZ_VOUS(
            "rdv_id;source;patient_id;date_heure_debut;statut;mode;profession;rdv_remplace_id;duree_min;date_maj",
            Trait.KEYED_BY_SOURCE,
            Trait.NAMES_SOURCE,
            Trait.DATED,
            Trait.LINKED,
            Trait.UPDATED,
            Trait.COMPLETED),
    ORIENTATIONS(
            "orientation_id;source;patient_id;date_emission;statut;type_demande;emetteur_type;emetteur_id;destinataire_type;destinataire_id;"
                    + "orientation_precedente_id;theme;date_maj",
            Trait.KEYED_BY_SOURCE,
            Trait.NAMES_SOURCE,
            Trait.DATED,
            Trait.LINKED,
            Trait.UPDATED,
            Trait.COMPLETED),
    EVENEMENTS(
            "evenement_id;source;patient_id;date_heure;type;code;date_maj",
            Trait.KEYED_BY_SOURCE,
            Trait.NAMES_SOURCE,
            Trait.DATED,
            Trait.UPDATED,
            Trait.COMPLETED),
    CRENEAUX(
            "creneau_id;source;dispositif_id;date_heure_debut;profession;duree_min;date_maj",
            Trait.KEYED_BY_SOURCE,
            Trait.NAMES_SOURCE,
            Trait.DATED,
            Trait.UPDATED,
            Trait.COMPLETED),
    DECLARATIONS_MT(
            "patient_id;rpps;finess;date_debut;motif_fin;source;date_maj",
            Trait.NAMES_SOURCE,
            Trait.DATED,
            Trait.UPDATED,
            Trait.COMPLETED),
    PATIENTS(
            "patient_id;date_naissance;sexe;commune_insee;commune_debut;date_maj",
            Trait.KEYED_BY_SOURCE,
            Trait.UPDATED,
            Trait.COMPLETED),
    PROFESSIONNELS("rpps;profession;specialite;date_maj", Trait.UPDATED),
    STRUCTURES("structure_id;libelle;commune_insee;capacite"),
    DISPOSITIFS("dispositif_id;type;libelle;echelle;contact"),
    TERRITOIRES("territoire_id;type;libelle"),
    COMMUNES("code_insee;libelle;departement;region;population"),
    COMMUNES_MOUVEMENTS("com_av;date_eff;typecom_av;com_ap;typecom_ap;libelle_ap"),
    TERRITOIRES_COMMUNES("territoire_id;code_insee;date_debut;part"),
    POPULATION("code_insee;annee;sexe;classe_age;effectif");

    /** What a feed has that changes what a delivery does. */
    private enum Trait {
        KEYED_BY_SOURCE,
        NAMES_SOURCE,
        DATED,
        LINKED,
        UPDATED,
        COMPLETED
    }

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy");
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("dd/MM/yyyy HH:mm");

    private final String header;
    private final Set<Trait> traits;

    Shape(String header, Trait... traits) {
        this.header = header;
        this.traits = Set.of(traits);
    }

    String feed() {
        return name().toLowerCase(Locale.ROOT);
    }

    String header() {
        return header;
    }

    String headerWithoutMandatory() {
        return header.substring(header.indexOf(';') + 1);
    }

    boolean isKeyedBySource() {
        return traits.contains(Trait.KEYED_BY_SOURCE);
    }

    boolean namesSource() {
        return traits.contains(Trait.NAMES_SOURCE);
    }

    /** Whether a period of days says which facts it holds. */
    boolean isDated() {
        return traits.contains(Trait.DATED);
    }

    boolean isLinked() {
        return traits.contains(Trait.LINKED);
    }

    boolean isUpdated() {
        return traits.contains(Trait.UPDATED);
    }

    /** Whether its deliveries have a completeness date; reference feeds have none. */
    boolean isCompleted() {
        return traits.contains(Trait.COMPLETED);
    }

    /** The day on which a declaration begins is part of its key, so it is that of its fact. */
    boolean isDayOfTheFact() {
        return this == DECLARATIONS_MT;
    }

    String row(SentLine line) {
        int fact = line.fact();
        int said = line.said();
        String wrongOr = line.isWrong() ? "FAUX" : "";
        return switch (this) {
            case RENDEZ_VOUS ->
                cells(
                        "R" + fact,
                        line.source(),
                        line.person(),
                        hour(line),
                        or(wrongOr, "HONORE"),
                        "PRES",
                        "MG",
                        link("R", line),
                        said,
                        updated(line));
            case ORIENTATIONS ->
                cells(
                        "O" + fact,
                        line.source(),
                        line.person(),
                        hour(line),
                        or(wrongOr, "EMISE"),
                        "SMR",
                        "PRO",
                        "",
                        "STRUCTURE",
                        "",
                        link("O", line),
                        "T" + said,
                        updated(line));
            case EVENEMENTS ->
                cells(
                        "E" + fact,
                        line.source(),
                        line.person(),
                        hour(line),
                        or(wrongOr, "URG_PASSAGE"),
                        "C" + said,
                        updated(line));
            case CRENEAUX -> cells("C" + fact, line.source(), "D1", hour(line), or(wrongOr, "MG"), said, updated(line));
            case DECLARATIONS_MT ->
                cells(
                        "P" + fact / 2,
                        fact % 2 == 0 ? "10002909371" : "",
                        fact % 2 == 0 ? "" : "340780477",
                        DAY.format(line.day()),
                        or(wrongOr, said % 2 == 0 ? "CHANGEMENT" : "DEPART"),
                        line.source(),
                        updated(line));
            case PATIENTS ->
                cells(
                        "P" + fact / 2,
                        "01/01/" + (1950 + said),
                        or(wrongOr, "F"),
                        "34301",
                        fact % 2 == 0 ? "" : "01/01/2020",
                        updated(line));
            case PROFESSIONNELS -> cells(10_000_000_000L + fact, or(wrongOr, "MG"), "S" + said, updated(line));
            case STRUCTURES -> cells("S" + fact, "Nom", or(wrongOr, "34301"), said);
            case DISPOSITIFS -> cells("D" + fact, or(wrongOr, "DAC"), "Nom", "CPTS", "c" + said);
            case TERRITOIRES -> cells("T" + fact, or(wrongOr, "CPTS"), "Nom " + said);
            case COMMUNES -> cells(or(wrongOr, commune(fact)), "Nom", "34", "76", 1000 + said);
            case COMMUNES_MOUVEMENTS ->
                cells(or(wrongOr, commune(fact)), "01/01/2020", "COM", "34301", "COM", "Nom " + said);
            case TERRITOIRES_COMMUNES -> cells("T" + fact, or(wrongOr, "34301"), "01/01/2020", "0." + (said + 1));
            case POPULATION -> cells(commune(fact / 2), 2020, or(wrongOr, fact % 2 == 0 ? "F" : "M"), "65-74", said);
        };
    }

    /** One of 9 000 codes that no other fact has. */
    private static String commune(int fact) {
        return String.valueOf(10_000 + fact);
    }

    private static String or(String wrong, String right) {
        return wrong.isEmpty() ? right : wrong;
    }

    private static String hour(SentLine line) {
        return DAY.format(line.day()) + " 10:00";
    }

    private static String link(String prefix, SentLine line) {
        return line.link() == null ? "" : prefix + line.link();
    }

    private static String updated(SentLine line) {
        @Nullable LocalDateTime updated = line.updated();
        return updated == null ? "" : MINUTE.format(updated);
    }

    private static String cells(Object... cells) {
        StringBuilder row = new StringBuilder();
        for (Object cell : cells) {
            row.append(row.isEmpty() ? "" : ";").append(cell);
        }
        return row.toString();
    }

    /** The day of a declaration, from its fact. */
    static LocalDate dayOf(int fact) {
        return LocalDate.of(2026, 1, 1).plusDays(fact * 7L % 80);
    }
}
