-- CAD-02: seconds from the sorties of CAD-01 to the first rendez-vous kept, open at death, return, départ or the date d'arrêt (domaine 1.A).
WITH suivi AS (
    SELECT sortie AS unite, min(greatest(delai_min, 0)) AS delai, min(delai_max) FILTER (WHERE delai_min >= 0) AS delai_max
    FROM rendez_vous_de_sortie WHERE statut = 'HONORE'
    GROUP BY sortie
)
SELECT '' AS variante, unite, jour, commune, age,
    CASE WHEN NOT est_index OR NOT est_complete OR (age.au_moins >= 65) IS NOT TRUE OR a_medecin_traitant THEN 'HORS_POPULATION'
        WHEN precision_de_t = 'jour' OR delai IS DISTINCT FROM delai_max THEN 'EXCLU' ELSE 'COMPTE' END AS etape,
    CASE WHEN NOT est_index THEN 'PAS_UNE_SORTIE_INDEX' WHEN NOT est_complete THEN 'SEJOUR_SANS_NUIT' WHEN (age.au_moins >= 65) IS NOT TRUE THEN 'AGE'
        WHEN a_medecin_traitant THEN 'AVEC_MEDECIN_TRAITANT' ELSE 'HEURE_INCONNUE' END AS motif,
    least(delai, fin) AS duree,
    (delai <= fin) IS TRUE AS numerateur
FROM (
    SELECT s.*, f.delai, f.delai_max, least(
        secondes(s.t, date_arret()),
        CASE WHEN d.t > s.t THEN secondes(s.t, d.t) WHEN d.t IS NOT NULL THEN 0 END,
        secondes(s.t, de.t),
        (SELECT min(secondes(s.t, r.t)) FROM retour r WHERE r.patient_id = s.patient_id AND r.t >= s.t AND NOT list_contains(s.admissions_propres, r.unite))) AS fin
    FROM sortie s
    LEFT JOIN suivi f USING (unite)
    LEFT JOIN deces d ON d.patient_id = s.patient_id
    LEFT JOIN depart de ON de.unite = s.unite)
