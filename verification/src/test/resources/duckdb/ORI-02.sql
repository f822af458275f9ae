-- ORI-02: chaînes that met two refusals or réorientations, looked at 90 days after their first emission (domaine 1.B).
SELECT '' AS variante, c.unite, c.jour, c.commune, c.age,
    CASE WHEN c.jour + 90 > dernier_jour() THEN 'EN_COURS' ELSE 'COMPTE' END AS etape, '' AS motif,
    (SELECT count(*) FROM maillon m JOIN orientation o ON o.unite = m.unite
        WHERE 'chaine ' || m.chaine = c.unite AND o.statut IN ('REFUSEE', 'REORIENTEE') AND o.est_repondue) >= 2 AS numerateur
FROM chaine c
