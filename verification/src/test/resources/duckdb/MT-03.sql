-- MT-03: civil days from the first request of a chaîne to the declaration of a médecin traitant (domaine 1.C).
SELECT '' AS variante, unite, jour, commune, age,
    CASE WHEN est_une_recherche THEN 'COMPTE' ELSE 'HORS_POPULATION' END AS etape, 'AUTRE_DEMANDE' AS motif,
    least(obtention, deces, depart, retrait, dernier_jour() - jour) AS duree,
    (obtention <= least(deces, depart, retrait, dernier_jour() - jour)) IS TRUE AS numerateur
FROM recherche_mt
