-- ORI-04: orientations without any answer 14 days after they were sent (domaine.md 1.B, 0.9 bis).
WITH attente AS (
    SELECT o.*, jour_de_reponse - o.jour AS reponse, est_repondue AND jour_de_reponse IS NULL AS est_repondue_sans_date,
        CASE WHEN d.jour IS NOT NULL THEN greatest(d.jour, o.jour) - o.jour END AS deces, p.jour - o.jour AS depart
    FROM orientation o
    LEFT JOIN deces d USING (patient_id)
    LEFT JOIN depart_d_orientation p USING (unite)
)
SELECT variante, unite, jour, commune, age,
    CASE
        WHEN statut = 'BROUILLON' THEN 'HORS_POPULATION'
        WHEN jour + 14 > dernier_jour() THEN 'EN_COURS'
        WHEN variante = '' AND NOT est_repondue_sans_date AND deces <= 14 AND (deces < reponse) IS NOT FALSE THEN 'EXCLU'
        WHEN variante = '' AND NOT est_repondue_sans_date AND depart <= 14 AND (depart < reponse) IS NOT FALSE THEN 'EXCLU'
        ELSE 'COMPTE'
    END AS etape,
    CASE WHEN statut = 'BROUILLON' THEN 'BROUILLON'
        WHEN deces <= 14 AND (deces < reponse) IS NOT FALSE THEN 'DECES' ELSE 'DEPART' END AS motif,
    NOT est_repondue_sans_date AND (reponse <= 14) IS NOT TRUE AS numerateur
FROM attente
CROSS JOIN (VALUES (''), ('risque-echec')) AS v(variante)
