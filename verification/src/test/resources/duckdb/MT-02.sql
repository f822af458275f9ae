-- MT-02 and its reading on ALD: persons without médecin traitant, one row per person of the référentiel and end of a month (domaine 1.C).
WITH en_ald AS (
    SELECT patient_id, arg_max(ald, date_maj) FILTER (WHERE len(ald) > 0) IS NOT NULL AS est_en_ald FROM ligne_de_patient GROUP BY patient_id
), observation AS (
    SELECT a.patient_id, a.est_en_ald, least(m.fin - 1, dernier_jour()) AS jour FROM en_ald a CROSS JOIN mois m
)
SELECT variante, o.patient_id AS unite, o.jour, commune_le(o.patient_id, o.jour) AS commune, age_le(o.patient_id, o.jour) AS age,
    CASE
        WHEN d.jour <= o.jour OR (age_le(o.patient_id, o.jour).au_moins >= 16) IS NOT TRUE OR (variante = 'ald' AND NOT est_en_ald) THEN 'HORS_POPULATION'
        ELSE 'COMPTE'
    END AS etape,
    CASE WHEN d.jour <= o.jour THEN 'DECEDE' WHEN (age_le(o.patient_id, o.jour).au_moins >= 16) IS NOT TRUE THEN 'AGE' ELSE 'SANS_ALD_CONNUE' END AS motif,
    NOT a_medecin_traitant_le(o.patient_id, o.jour) AS numerateur,
    true AS est_un_etat
FROM observation o
LEFT JOIN deces d USING (patient_id)
CROSS JOIN (VALUES (''), ('ald')) AS v(variante)
