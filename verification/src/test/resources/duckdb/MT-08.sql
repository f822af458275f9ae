-- MT-08 and its sensitivity: requests for a médecin traitant answered by a declaration within 180 days; and all requests (domaine 1.C, 0.9 bis).
WITH jugee AS (
    SELECT *,
        CASE WHEN deces <= 180 AND (deces < obtention) IS NOT FALSE THEN 'DECES'
            WHEN depart <= 180 AND (depart < obtention) IS NOT FALSE THEN 'DEPART' END AS risque
    FROM recherche_mt
)
SELECT variante, unite, jour, commune, age,
    CASE
        WHEN NOT est_une_recherche THEN 'HORS_POPULATION'
        WHEN variante = 'demandes' THEN 'COMPTE'
        WHEN jour + 180 > dernier_jour() THEN 'EN_COURS'
        WHEN variante = '' AND risque IS NOT NULL THEN 'EXCLU'
        ELSE 'COMPTE'
    END AS etape,
    CASE WHEN NOT est_une_recherche THEN 'AUTRE_DEMANDE' ELSE risque END AS motif,
    -- Who died or left first has not obtained anything here, even declared within the 180 days.
    variante = 'demandes' OR ((obtention <= 180) IS TRUE AND NOT (variante = 'risque-echec' AND risque IS NOT NULL)) AS numerateur
FROM jugee
CROSS JOIN (VALUES (''), ('demandes'), ('risque-echec')) AS v(variante)
