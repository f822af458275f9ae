-- TLC-01 and its ratio: rendez-vous kept at a distance, of all kept or against those kept in presence (domaine 1.C, 0.9 bis « Attribution »).
SELECT variante, r.unite, r.jour, r.commune, r.age,
    CASE WHEN statut <> 'HONORE' OR mode NOT IN ('TLC', 'PRES', 'VAD') THEN 'HORS_POPULATION' ELSE 'COMPTE' END AS etape,
    CASE WHEN statut <> 'HONORE' THEN 'PAS_HONORE' ELSE 'TELEPHONE' END AS motif,
    mode = 'TLC' AS numerateur,
    variante = '' OR mode <> 'TLC' AS denominateur
FROM rendez_vous r
CROSS JOIN (VALUES (''), ('ratio')) AS v(variante)
