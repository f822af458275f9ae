-- ORI-04 and its sensitivity: orientations without any answer 14 days after they were sent (domaine 1.B, 0.9 bis).
WITH attente AS (
    SELECT o.*, jour_de_reponse - o.jour AS reponse, est_repondue AND jour_de_reponse IS NULL AS est_repondue_sans_date,
        CASE WHEN d.jour IS NOT NULL THEN greatest(d.jour, o.jour) - o.jour END AS deces, p.jour - o.jour AS depart
    FROM orientation o
    LEFT JOIN deces d USING (patient_id)
    LEFT JOIN depart_d_orientation p USING (unite)
), jugee AS (
    SELECT *,
        CASE WHEN est_repondue_sans_date THEN NULL
            WHEN deces <= 14 AND (deces < reponse) IS NOT FALSE THEN 'DECES'
            WHEN depart <= 14 AND (depart < reponse) IS NOT FALSE THEN 'DEPART' END AS risque
    FROM attente
)
SELECT variante, unite, jour, commune, age,
    CASE
        WHEN statut = 'BROUILLON' THEN 'HORS_POPULATION'
        WHEN jour + 14 > dernier_jour() THEN 'EN_COURS'
        WHEN variante = '' AND risque IS NOT NULL THEN 'EXCLU'
        ELSE 'COMPTE'
    END AS etape,
    CASE WHEN statut = 'BROUILLON' THEN 'BROUILLON' ELSE risque END AS motif,
    -- Nobody answered this person in time: an answer that comes after the death or the départ answers nothing.
    risque IS NOT NULL OR (NOT est_repondue_sans_date AND (reponse <= 14) IS NOT TRUE) AS numerateur
FROM jugee
CROSS JOIN (VALUES (''), ('risque-echec')) AS v(variante)
