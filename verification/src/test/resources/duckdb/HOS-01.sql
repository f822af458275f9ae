-- HOS-01, its reading at 7 days and its sensitivity: index sorties followed by an unplanned return from the next day on (domaine 1.A, 0.9 bis).
WITH suite AS (
    SELECT s.unite,
        min(r.jour - s.jour) FILTER (WHERE r.jour > s.jour) AS jours_avant_retour,
        any_value(d.jour) - any_value(s.jour) AS jours_avant_deces
    FROM sortie s
    LEFT JOIN retour r ON r.patient_id = s.patient_id AND NOT list_contains(s.admissions_propres, r.unite)
    LEFT JOIN deces d ON d.patient_id = s.patient_id
    GROUP BY s.unite
)
SELECT variante, unite, jour, commune, age,
    CASE
        WHEN NOT est_index OR est_entree_par_transfert OR est_seance_ou_naissance THEN 'HORS_POPULATION'
        WHEN jour + jours > dernier_jour() THEN 'EN_COURS'
        WHEN est_mort_sans_retour AND variante <> 'risque-echec' THEN 'EXCLU'
        ELSE 'COMPTE'
    END AS etape,
    CASE
        WHEN NOT est_index THEN 'PAS_UNE_SORTIE_INDEX'
        WHEN est_entree_par_transfert THEN 'ENTREE_PAR_TRANSFERT'
        WHEN est_seance_ou_naissance THEN 'SEANCE_OU_NAISSANCE'
        ELSE 'DECES'
    END AS motif,
    -- A death before any return is the failure of a sortie as a return is.
    est_mort_sans_retour OR (jours_avant_retour <= jours) IS TRUE AS numerateur
FROM (
    SELECT *, (jours_avant_deces < jours AND (jours_avant_retour <= jours) IS NOT TRUE) IS TRUE AS est_mort_sans_retour
    FROM sortie
    JOIN suite USING (unite)
    CROSS JOIN (VALUES ('', 30), ('7j', 7), ('risque-echec', 30)) AS v(variante, jours))
