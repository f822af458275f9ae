-- CAD-01, every reading: sorties of people of 65 and over without médecin traitant, rendez-vous kept within 48 h (domaine 1.A, 0.9 bis).
WITH suivi AS (
    SELECT sortie AS unite,
        -- Kept for certain, kept perhaps: an hour that is not known decides nothing.
        min(debut) AS premier_rendez_vous,
        bool_or(delai_min >= 0 AND delai_max <= 48 * 3600) AS dans_les_48_h,
        bool_or(delai_min >= 0 AND delai_max < 48 * 3600) AS en_moins_de_48_h,
        bool_or(delai_max >= 0 AND delai_min <= 48 * 3600) AS peut_etre_dans_les_48_h,
        bool_or(delai_max >= 0 AND delai_min < 48 * 3600) AS peut_etre_en_moins_de_48_h
    FROM rendez_vous_de_sortie WHERE statut = 'HONORE' GROUP BY sortie
), risque AS (
    SELECT s.unite, CASE WHEN d.t IS NOT NULL THEN greatest(d.t, s.t) END AS deces, de.t AS depart,
        (SELECT min(r.t) FROM retour r WHERE r.patient_id = s.patient_id AND r.t >= s.t AND NOT list_contains(s.admissions_propres, r.unite)) AS readmission
    FROM sortie s
    LEFT JOIN deces d ON d.patient_id = s.patient_id 
    LEFT JOIN depart de ON de.unite = s.unite
), jugee AS (
    SELECT s.*, age_min,
        CASE
            WHEN NOT est_index THEN 'HORS_POPULATION/PAS_UNE_SORTIE_INDEX'
            WHEN NOT est_complete THEN 'HORS_POPULATION/SEJOUR_SANS_NUIT'
            WHEN (age.au_moins >= age_min) IS NOT TRUE THEN 'HORS_POPULATION/AGE'
            WHEN a_medecin_traitant THEN 'HORS_POPULATION/AVEC_MEDECIN_TRAITANT'
            WHEN au_plus_tard(s.t, s.precision_de_t) + INTERVAL 48 HOURS >= getvariable('limite') THEN 'EN_COURS/'
            WHEN deces < s.t + INTERVAL 48 HOURS AND (deces < premier_rendez_vous) IS NOT FALSE THEN 'EXCLU/DECES'
            WHEN readmission < s.t + INTERVAL 48 HOURS AND (readmission < premier_rendez_vous) IS NOT FALSE THEN 'EXCLU/READMISSION'
            WHEN depart < s.t + INTERVAL 48 HOURS AND (depart < premier_rendez_vous) IS NOT FALSE THEN 'EXCLU/DEPART'
            ELSE 'COMPTE/'
        END AS sort
    FROM sortie s
    LEFT JOIN suivi USING (unite)
    LEFT JOIN risque USING (unite)
    CROSS JOIN (VALUES (65), (66)) AS p(age_min)
), lecture_a AS (
    -- Who met a risk first has not been seen in time, even seen within the 48 hours after it.
    SELECT variante, unite, jour, commune, age,
        CASE WHEN risque_echec AND sort LIKE 'EXCLU/%' THEN 'COMPTE/' ELSE sort END AS sort,
        NOT (risque_echec AND sort LIKE 'EXCLU/%') AND coalesce(CASE WHEN stricte THEN en_moins_de_48_h ELSE dans_les_48_h END, false) AS numerateur,
        NOT (risque_echec AND sort LIKE 'EXCLU/%')
            AND coalesce(CASE WHEN stricte THEN peut_etre_en_moins_de_48_h ELSE peut_etre_dans_les_48_h END, false) AS peut_etre
    FROM jugee
    LEFT JOIN suivi USING (unite)
    JOIN (VALUES ('', 65, false, false), ('borne-stricte', 65, true, false), ('age-strict', 66, false, false), ('strict', 66, true, false),
        ('risque-echec', 65, false, true)) AS v(variante, age_min, stricte, risque_echec) USING (age_min)
), lecture_b_ou_c AS (
    SELECT variante, r.rencontre AS unite, j.jour, j.commune, j.age,
        CASE WHEN variante = 'B' AND r.statut <> 'HONORE' AND sort NOT LIKE 'HORS_POPULATION/%' THEN 'HORS_POPULATION/PAS_HONORE' ELSE sort END AS sort,
        r.statut = 'HONORE' AND r.delai_min >= 0 AND r.delai_max <= 48 * 3600 AS numerateur,
        r.statut = 'HONORE' AND r.delai_max >= 0 AND r.delai_min <= 48 * 3600 AS peut_etre
    FROM rendez_vous_de_sortie r
    JOIN jugee j ON j.unite = r.sortie AND j.age_min = 65
    CROSS JOIN (VALUES ('B'), ('C')) AS v(variante)
    WHERE r.statut <> 'REPORTE' AND r.jour_du_rendez_vous - j.jour <= 30
)
SELECT variante, unite, jour, commune, age, split_part(sort, '/', 1) AS etape, split_part(sort, '/', 2) AS motif, numerateur,
    peut_etre AND NOT numerateur AS indetermine
FROM (FROM lecture_a UNION ALL FROM lecture_b_ou_c)
