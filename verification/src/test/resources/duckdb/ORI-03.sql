-- ORI-03: civil days from an orientation to its first answer; of a chaîne, from its first emission to its first prise en charge (domaine 1.B).
WITH attente AS (
    SELECT '' AS variante, unite, patient_id, jour, commune, age, statut = 'BROUILLON' AS est_brouillon, est_repondue AS est_finie,
        jour_de_reponse AS fin, jour_de_retrait
    FROM orientation
    UNION ALL
    SELECT 'acces', unite, patient_id, jour, commune, age, false, est_realisee, jour_de_realisation, jour_de_retrait FROM chaine
)
SELECT a.variante, a.unite, a.jour, a.commune, a.age,
    CASE WHEN est_brouillon THEN 'HORS_POPULATION' WHEN fin < a.jour OR (est_finie AND fin IS NULL) THEN 'EXCLU' ELSE 'COMPTE' END AS etape,
    CASE WHEN est_brouillon THEN 'BROUILLON' WHEN fin < a.jour THEN 'DELAI_NEGATIF'
        WHEN variante = 'acces' THEN 'REALISATION_NON_DATEE' ELSE 'REPONSE_NON_DATEE' END AS motif,
    least(fin - a.jour, censure) AS duree,
    (fin - a.jour <= censure) IS TRUE AS numerateur
FROM attente a
JOIN (
    SELECT unite, variante, least(
        dernier_jour() - a.jour,
        a.jour_de_retrait - a.jour,
        CASE WHEN d.jour >= a.jour THEN d.jour - a.jour WHEN d.jour IS NOT NULL THEN 0 END,
        p.jour - a.jour) AS censure
    FROM attente a
    LEFT JOIN deces d USING (patient_id)
    LEFT JOIN depart_d_orientation p USING (unite)) c USING (unite, variante)
