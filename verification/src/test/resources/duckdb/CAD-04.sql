-- CAD-04, one row per rendez-vous: of those kept or missed, which were missed (domaine 1.A, 0.7).
SELECT '' AS variante, unite, jour, commune, age,
    CASE WHEN statut NOT IN ('HONORE', 'NON_HONORE') THEN 'HORS_POPULATION' ELSE 'COMPTE' END AS etape,
    'NI_HONORE_NI_MANQUE' AS motif,
    statut = 'NON_HONORE' AS numerateur
FROM rendez_vous
