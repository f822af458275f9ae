-- MT-08 and its sensitivity: requests for a médecin traitant answered by a declaration within 180 days; and all requests (domaine.md 1.C).
SELECT variante, unite, jour, commune, age,
    CASE
        WHEN NOT est_une_recherche THEN 'HORS_POPULATION'
        WHEN variante = 'demandes' THEN 'COMPTE'
        WHEN jour + 180 > dernier_jour() THEN 'EN_COURS'
        WHEN variante = '' AND ((deces <= 180 AND (deces < obtention) IS NOT FALSE) OR (depart <= 180 AND (depart < obtention) IS NOT FALSE)) THEN 'EXCLU'
        ELSE 'COMPTE'
    END AS etape,
    CASE WHEN NOT est_une_recherche THEN 'AUTRE_DEMANDE' WHEN deces <= 180 AND (deces < obtention) IS NOT FALSE THEN 'DECES' ELSE 'DEPART' END AS motif,
    variante = 'demandes' OR (obtention <= 180) IS TRUE AS numerateur
FROM recherche_mt
CROSS JOIN (VALUES (''), ('demandes'), ('risque-echec')) AS v(variante)
