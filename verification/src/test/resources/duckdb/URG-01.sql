-- URG-01, every reading: persons who come back to the emergencies, and passages that are returns (domaine 1.G, 0.9 bis).
WITH suivi AS (
    SELECT unite, jour, lag(jour, 2) OVER ordre AS deux_avant, lag(jour, 3) OVER ordre AS trois_avant,
        -- An hour that is not known decides nothing: within 72 h for certain, or perhaps.
        secondes(lag(t) OVER ordre, au_plus_tard(t, precision_de_t)) <= 72 * 3600 AS dans_les_72_h,
        secondes(lag(au_plus_tard(t, precision_de_t)) OVER ordre, t) <= 72 * 3600 AS peut_etre_dans_les_72_h
    FROM passage WHERE est_dans_le_champ
    WINDOW ordre AS (PARTITION BY patient_id ORDER BY t)
)
SELECT variante, CASE WHEN variante IN ('', '4-90') THEN p.patient_id ELSE p.unite END AS unite, p.jour, p.commune, p.age,
    CASE WHEN p.est_dans_le_champ THEN 'COMPTE' ELSE 'HORS_POPULATION' END AS etape,
    'HORS_CHAMP' AS motif,
    coalesce(CASE variante
        WHEN '4-90' THEN s.jour - trois_avant <= 90
        WHEN '72h' THEN dans_les_72_h
        ELSE s.jour - deux_avant <= 30
    END, false) AS numerateur,
    variante = '72h' AND coalesce(peut_etre_dans_les_72_h AND NOT dans_les_72_h, false) AS indetermine
FROM passage p
LEFT JOIN suivi s USING (unite)
CROSS JOIN (VALUES (''), ('4-90'), ('72h'), ('passages')) AS v(variante)
