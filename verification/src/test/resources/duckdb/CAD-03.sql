-- CAD-03: dedicated slots that have passed, and those in which somebody came; a slot belongs to the commune where it is offered (domaine 1.A).
WITH creneau AS (FROM silver.creneaux WHERE date_heure_debut < getvariable('limite'))
SELECT '' AS variante, c.source || '/' || c.creneau_id AS unite, jour(c.date_heure_debut) AS jour, commune_lue(c.commune_lieu, jour(c.date_heure_debut)) AS commune,
    NULL::STRUCT(au_moins BIGINT, au_plus BIGINT) AS age, 'COMPTE' AS etape, '' AS motif,
    EXISTS (
        FROM rendez_vous r
        WHERE r.statut = 'HONORE' AND r.creneau_id = c.creneau_id
          AND (r.source = c.source OR NOT EXISTS (FROM creneau s WHERE s.creneau_id = r.creneau_id AND s.source = r.source))
    ) AS numerateur
FROM creneau c
