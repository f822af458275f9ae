-- MT-01, one row per person of the référentiel and last day of a month: without médecin traitant (domaine 1.C, 0.9 bis).
WITH observation AS (
    SELECT p.patient_id, least(m.fin - 1, dernier_jour()) AS jour
    FROM (SELECT DISTINCT patient_id FROM ligne_de_patient) p CROSS JOIN mois m
)
SELECT '' AS variante, o.patient_id AS unite, o.jour, commune_le(o.patient_id, o.jour) AS commune, age_le(o.patient_id, o.jour) AS age,
    CASE
        WHEN d.jour <= o.jour OR (age_le(o.patient_id, o.jour).au_moins >= 16) IS NOT TRUE THEN 'HORS_POPULATION'
        ELSE 'COMPTE'
    END AS etape,
    CASE WHEN d.jour <= o.jour THEN 'DECEDE' ELSE 'AGE' END AS motif,
    NOT a_medecin_traitant_le(o.patient_id, o.jour) AS numerateur,
    true AS est_un_etat
FROM observation o
LEFT JOIN deces d USING (patient_id)
